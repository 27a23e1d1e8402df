PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('001-outbox');
INSERT INTO grdb_migrations VALUES('002-episodes');
INSERT INTO grdb_migrations VALUES('003-digests');
CREATE TABLE alerts (
    key TEXT NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    state TEXT NOT NULL,
    severity INTEGER NOT NULL,
    episode INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO alerts VALUES('a45b2d7a6d3cfa4858866ff78150d528d279dbc62c72f2e350704957051e970a','down','firing',1,3,'{"acknowledgement":{"at":1790000000000000,"by":"ada"},"description":"quote \" NUL \u0000 🚨","episode":3,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"pending_since":1790000000000000,"returns":0,"rule":"down","severity":1,"state":"firing","summary":"down in production","told":{"team":{"at":1790000000000000,"episode":3,"resolved":false,"severity":1,"since":1790000000000000}}}');
INSERT INTO alerts VALUES('def3f5c6223881eb57f788f4f3ffaaebbbc0fe3a5e272e0bfbd9c2016965a60f','slow','firing',2,1,'{"description":"quote \" NUL \u0000 🚨","episode":1,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"pending_since":1790000000000000,"returns":0,"rule":"slow","severity":2,"state":"firing","summary":"slow in production","told":{}}');
INSERT INTO alerts VALUES('f7aee7f729f17fadf5ec3c3275cb9ed2e584369b5f16ce759659e1f454977d3f','odd','firing',3,1,'{"description":"quote \" NUL \u0000 🚨","episode":1,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"pending_since":1790000000000000,"returns":0,"rule":"odd","severity":3,"state":"firing","summary":"odd in production","told":{}}');
CREATE TABLE transitions (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    alert TEXT NOT NULL,
    episode INTEGER NOT NULL,
    from_state TEXT,
    to_state TEXT,
    severity INTEGER NOT NULL,
    cause TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
INSERT INTO transitions VALUES(1,'a45b2d7a6d3cfa4858866ff78150d528d279dbc62c72f2e350704957051e970a',3,'pending','firing',1,'held',1790000000000000);
CREATE TABLE notices (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    receiver TEXT NOT NULL,
    alert TEXT NOT NULL,
    episode INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    kind TEXT NOT NULL,
    document TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'waiting'
        CHECK (status IN ('waiting', 'delivered', 'dead', 'superseded')),
    form TEXT NOT NULL DEFAULT 'full' CHECK (form IN ('full', 'plain')),
    tried TEXT NOT NULL DEFAULT 'no' CHECK (tried IN ('no', 'unclear', 'refused')),
    is_alone INTEGER NOT NULL DEFAULT 0,
    digest TEXT,
    reference TEXT,
    failed_attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER,
    lease_owner TEXT,
    lease_until INTEGER,
    last_reason TEXT,
    created_at INTEGER NOT NULL,
    settled_at INTEGER,
    CHECK ((lease_owner IS NULL) = (lease_until IS NULL)),
    CHECK ((status = 'waiting') = (settled_at IS NULL))
) STRICT;
INSERT INTO notices VALUES(1,'01a0c450-6c00-7cc1-beeb-8da1658eec67','team','a45b2d7a6d3cfa4858866ff78150d528d279dbc62c72f2e350704957051e970a',3,1,'firing','{"alert":{"acknowledgement":{"at":1790000000000000,"by":"ada"},"description":"quote \" NUL \u0000 🚨","episode":3,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"pending_since":1790000000000000,"returns":0,"rule":"down","severity":1,"state":"firing","summary":"down in production","told":{"team":{"at":1790000000000000,"episode":3,"resolved":false,"severity":1,"since":1790000000000000}}},"created_at":1790000000000000,"id":"01a0c450-6c00-7cc1-beeb-8da1658eec67","kind":"firing","receiver":"team"}','delivered','full','no',0,NULL,'1790.1',0,NULL,NULL,NULL,NULL,1790000000000000,1790000000000000);
INSERT INTO notices VALUES(2,'01a0c450-6c00-76ce-bfc8-46100bfc1e42','chat','a45b2d7a6d3cfa4858866ff78150d528d279dbc62c72f2e350704957051e970a',3,1,'firing','{"alert":{"acknowledgement":{"at":1790000000000000,"by":"ada"},"description":"quote \" NUL \u0000 🚨","episode":3,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"pending_since":1790000000000000,"returns":0,"rule":"down","severity":1,"state":"firing","summary":"down in production","told":{"team":{"at":1790000000000000,"episode":3,"resolved":false,"severity":1,"since":1790000000000000}}},"created_at":1790000000000000,"id":"01a0c450-6c00-76ce-bfc8-46100bfc1e42","kind":"firing","receiver":"chat"}','waiting','plain','refused',0,NULL,NULL,1,1790000090000000,NULL,NULL,'503',1790000000000000,NULL);
INSERT INTO notices VALUES(3,'01a0c450-6c00-7fed-b346-6f8a7b81a989','broken','def3f5c6223881eb57f788f4f3ffaaebbbc0fe3a5e272e0bfbd9c2016965a60f',1,2,'firing','{"alert":{"description":"quote \" NUL \u0000 🚨","episode":1,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"pending_since":1790000000000000,"returns":0,"rule":"slow","severity":2,"state":"firing","summary":"slow in production","told":{}},"created_at":1790000000000000,"id":"01a0c450-6c00-7fed-b346-6f8a7b81a989","kind":"firing","receiver":"broken"}','dead','full','no',0,NULL,NULL,0,NULL,NULL,NULL,'400 no such room',1790000000000000,1790000000000000);
INSERT INTO notices VALUES(4,'01a0c450-6c00-7aca-a474-c66a4b98b030','team','def3f5c6223881eb57f788f4f3ffaaebbbc0fe3a5e272e0bfbd9c2016965a60f',1,2,'firing','{"alert":{"description":"quote \" NUL \u0000 🚨","episode":1,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"pending_since":1790000000000000,"returns":0,"rule":"slow","severity":2,"state":"firing","summary":"slow in production","told":{}},"created_at":1790000000000000,"id":"01a0c450-6c00-7aca-a474-c66a4b98b030","kind":"firing","receiver":"team"}','waiting','full','no',0,NULL,NULL,0,NULL,NULL,NULL,NULL,1790000000000000,NULL);
INSERT INTO notices VALUES(5,'01a0c450-6c00-735a-8097-314d939736f8','team','def3f5c6223881eb57f788f4f3ffaaebbbc0fe3a5e272e0bfbd9c2016965a60f',1,2,'resolved','{"alert":{"description":"quote \" NUL \u0000 🚨","episode":1,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"pending_since":1790000000000000,"returns":0,"rule":"slow","severity":2,"state":"firing","summary":"slow in production","told":{}},"created_at":1790000000000000,"id":"01a0c450-6c00-735a-8097-314d939736f8","kind":"resolved","receiver":"team"}','waiting','full','no',0,NULL,NULL,0,NULL,NULL,NULL,NULL,1790000000000000,NULL);
INSERT INTO notices VALUES(6,'01a0c450-6c00-7000-b241-9db23951df99','mail','a45b2d7a6d3cfa4858866ff78150d528d279dbc62c72f2e350704957051e970a',3,1,'firing','{"alert":{"acknowledgement":{"at":1790000000000000,"by":"ada"},"description":"quote \" NUL \u0000 🚨","episode":3,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"pending_since":1790000000000000,"returns":0,"rule":"down","severity":1,"state":"firing","summary":"down in production","told":{"team":{"at":1790000000000000,"episode":3,"resolved":false,"severity":1,"since":1790000000000000}}},"created_at":1790000000000000,"id":"01a0c450-6c00-7000-b241-9db23951df99","kind":"firing","receiver":"mail"}','waiting','full','no',0,'01a0c450-6c00-7544-83bc-38d6c6b89fe4',NULL,0,NULL,NULL,NULL,NULL,1790000000000000,NULL);
INSERT INTO notices VALUES(7,'01a0c450-6c00-7dd7-844c-3cd7f43c661c','mail','def3f5c6223881eb57f788f4f3ffaaebbbc0fe3a5e272e0bfbd9c2016965a60f',1,2,'firing','{"alert":{"description":"quote \" NUL \u0000 🚨","episode":1,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"pending_since":1790000000000000,"returns":0,"rule":"slow","severity":2,"state":"firing","summary":"slow in production","told":{}},"created_at":1790000000000000,"id":"01a0c450-6c00-7dd7-844c-3cd7f43c661c","kind":"firing","receiver":"mail"}','waiting','full','no',0,'01a0c450-6c00-7544-83bc-38d6c6b89fe4',NULL,0,NULL,NULL,NULL,NULL,1790000000000000,NULL);
INSERT INTO notices VALUES(8,'01a0c450-6c00-7636-9ca8-a164477d7801','mail','f7aee7f729f17fadf5ec3c3275cb9ed2e584369b5f16ce759659e1f454977d3f',1,3,'firing','{"alert":{"description":"quote \" NUL \u0000 🚨","episode":1,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"pending_since":1790000000000000,"returns":0,"rule":"odd","severity":3,"state":"firing","summary":"odd in production","told":{}},"created_at":1790000000000000,"id":"01a0c450-6c00-7636-9ca8-a164477d7801","kind":"firing","receiver":"mail"}','waiting','full','no',0,'01a0c450-6c00-7544-83bc-38d6c6b89fe4',NULL,0,NULL,NULL,NULL,NULL,1790000000000000,NULL);
INSERT INTO notices VALUES(9,'01a0c450-6c00-7064-802d-8a5e87afea62','pager','a45b2d7a6d3cfa4858866ff78150d528d279dbc62c72f2e350704957051e970a',3,1,'firing','{"alert":{"acknowledgement":{"at":1790000000000000,"by":"ada"},"description":"quote \" NUL \u0000 🚨","episode":3,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"pending_since":1790000000000000,"returns":0,"rule":"down","severity":1,"state":"firing","summary":"down in production","told":{"team":{"at":1790000000000000,"episode":3,"resolved":false,"severity":1,"since":1790000000000000}}},"created_at":1790000000000000,"id":"01a0c450-6c00-7064-802d-8a5e87afea62","kind":"firing","receiver":"pager"}','superseded','full','no',0,NULL,NULL,0,NULL,NULL,NULL,NULL,1790000000000000,1790000000000000);
INSERT INTO notices VALUES(10,'01a0c450-6c00-7fca-bbff-7c596e26ce46','pager','a45b2d7a6d3cfa4858866ff78150d528d279dbc62c72f2e350704957051e970a',3,1,'firing','{"alert":{"acknowledgement":{"at":1790000000000000,"by":"ada"},"description":"quote \" NUL \u0000 🚨","episode":3,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"pending_since":1790000000000000,"returns":0,"rule":"down","severity":1,"state":"firing","summary":"down in production","told":{"team":{"at":1790000000000000,"episode":3,"resolved":false,"severity":1,"since":1790000000000000}}},"created_at":1790000000000000,"id":"01a0c450-6c00-7fca-bbff-7c596e26ce46","kind":"firing","receiver":"pager"}','waiting','full','no',0,NULL,NULL,0,NULL,'first',1790000060000000,NULL,1790000000000000,NULL);
CREATE TABLE digests (
    id TEXT NOT NULL PRIMARY KEY,
    receiver TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'delivered', 'dead', 'split')),
    form TEXT NOT NULL DEFAULT 'full' CHECK (form IN ('full', 'plain')),
    failed_attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER,
    lease_owner TEXT,
    lease_until INTEGER,
    last_reason TEXT,
    created_at INTEGER NOT NULL,
    settled_at INTEGER,
    CHECK ((lease_owner IS NULL) = (lease_until IS NULL)),
    CHECK ((status = 'waiting') = (settled_at IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO digests VALUES('01a0c450-6c00-7544-83bc-38d6c6b89fe4','mail','waiting','full',0,NULL,'first',1790000060000000,NULL,1790000000000000,NULL);
CREATE TABLE receivers (
    name TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('resting', 'broken')),
    at INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO receivers VALUES('broken','broken',1790000000000000,'401 no such token');
INSERT INTO receivers VALUES('chat','resting',1790000600000000,'429');
CREATE TABLE silences (
    id TEXT NOT NULL PRIMARY KEY,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO silences VALUES('5f3a',1790000000000000,1790007200000000,'{"author":"ada","comment":"deploy","ends_at":1790007200000000,"expires_on_resolve":true,"id":"5f3a","kind":"maintenance","matchers":["team=\"web\"","environment!~\"stag.*\""],"starts_at":1790000000000000}');
CREATE TABLE notes (
    sequence INTEGER PRIMARY KEY,
    incident INTEGER NOT NULL,
    at INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT;
INSERT INTO notes VALUES(1,1,1790000000000000,'{"at":1790000000000000,"author":"ada","incident":1,"text":"restarted the database"}');
INSERT INTO notes VALUES(2,1,1790000001000000,'{"at":1790000001000000,"author":"ada","incident":1,"text":"down"}');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('transitions',1);
INSERT INTO sqlite_sequence VALUES('notices',10);
CREATE INDEX transitions_of_alert ON transitions (alert, sequence);
CREATE INDEX transitions_by_time ON transitions (at);
CREATE INDEX notices_waiting ON notices (receiver, alert, sequence, severity)
    WHERE status = 'waiting';
CREATE INDEX notices_counted ON notices (receiver, status, created_at);
CREATE INDEX notices_settled ON notices (settled_at) WHERE status <> 'waiting';
CREATE INDEX notices_of_episode ON notices (receiver, alert, episode) WHERE status <> 'waiting';
CREATE INDEX notices_of_alert ON notices (alert, sequence);
CREATE INDEX notices_by_time ON notices (created_at);
CREATE INDEX notices_of_digest ON notices (digest) WHERE digest IS NOT NULL;
CREATE INDEX notices_leased ON notices (lease_owner) WHERE lease_owner IS NOT NULL;
CREATE INDEX digests_waiting ON digests (receiver) WHERE status = 'waiting';
CREATE INDEX digests_settled ON digests (settled_at) WHERE status <> 'waiting';
CREATE INDEX silences_by_end ON silences (ends_at);
CREATE INDEX notes_of_incident ON notes (incident, at);
COMMIT;
PRAGMA user_version = 3;
PRAGMA application_id = 1280000332;
