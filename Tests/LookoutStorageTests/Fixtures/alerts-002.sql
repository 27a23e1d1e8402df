PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('001-outbox');
INSERT INTO grdb_migrations VALUES('002-episodes');
CREATE TABLE alerts (
    key TEXT NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    state TEXT NOT NULL,
    severity INTEGER NOT NULL,
    episode INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO alerts VALUES('04dd38c2eb54da1151dea243090f5bc23d4050973d8e1c6c1afdb78077aa1421','full','recovering',2,2,'{"acknowledgement":{"at":1790000000000000,"by":"ada"},"annotations":{"dashboard":"https://example.org/"},"description":"quote \" NUL \u0000 🚨","episode":2,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"parents":["network"],"pending_since":1790000000000000,"returns":0,"rule":"full","rule_labels":{"team":"web"},"severity":2,"state":"recovering","streak":2,"suggestion":"rollback","summary":"full in production","told":{}}');
INSERT INTO alerts VALUES('a45b2d7a6d3cfa4858866ff78150d528d279dbc62c72f2e350704957051e970a','down','firing',1,3,'{"description":"quote \" NUL \u0000 🚨","episode":3,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"pending_since":1790000000000000,"returns":0,"rule":"down","severity":1,"state":"firing","summary":"down in production","told":{}}');
INSERT INTO alerts VALUES('def3f5c6223881eb57f788f4f3ffaaebbbc0fe3a5e272e0bfbd9c2016965a60f','slow','firing',2,1,'{"description":"quote \" NUL \u0000 🚨","episode":1,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"pending_since":1790000000000000,"returns":0,"rule":"slow","severity":2,"state":"firing","summary":"slow in production","told":{}}');
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
    severity INTEGER NOT NULL,
    kind TEXT NOT NULL,
    document TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'delivered', 'dead')),
    failed_attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER,
    lease_owner TEXT,
    lease_until INTEGER,
    last_reason TEXT,
    created_at INTEGER NOT NULL,
    settled_at INTEGER, episode INTEGER NOT NULL DEFAULT 0,
    CHECK ((lease_owner IS NULL) = (lease_until IS NULL)),
    CHECK ((status = 'waiting') = (settled_at IS NULL))
) STRICT;
INSERT INTO notices VALUES(1,'01a0c450-6c00-7cc1-beeb-8da1658eec67','team','a45b2d7a6d3cfa4858866ff78150d528d279dbc62c72f2e350704957051e970a',1,'firing','{"alert":{"description":"quote \" NUL \u0000 🚨","episode":3,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"pending_since":1790000000000000,"returns":0,"rule":"down","severity":1,"state":"firing","summary":"down in production","told":{}},"created_at":1790000000000000,"id":"01a0c450-6c00-7cc1-beeb-8da1658eec67","kind":"firing","receiver":"team"}','waiting',0,NULL,'first',1790000060000000,NULL,1790000000000000,NULL,3);
INSERT INTO notices VALUES(2,'01a0c450-6c00-76ce-bfc8-46100bfc1e42','team','a45b2d7a6d3cfa4858866ff78150d528d279dbc62c72f2e350704957051e970a',1,'resolved','{"alert":{"description":"quote \" NUL \u0000 🚨","episode":3,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"pending_since":1790000000000000,"returns":0,"rule":"down","severity":1,"state":"firing","summary":"down in production","told":{}},"created_at":1790000000000000,"id":"01a0c450-6c00-76ce-bfc8-46100bfc1e42","kind":"resolved","receiver":"team"}','waiting',0,NULL,NULL,NULL,NULL,1790000000000000,NULL,3);
INSERT INTO notices VALUES(3,'01a0c450-6c00-7fed-b346-6f8a7b81a989','journal','a45b2d7a6d3cfa4858866ff78150d528d279dbc62c72f2e350704957051e970a',1,'firing','{"alert":{"description":"quote \" NUL \u0000 🚨","episode":3,"firing_since":1790000000000000,"held":0,"labels":{"environment":"production","probe":"api"},"last_judged":1790000000000000,"pending_since":1790000000000000,"returns":0,"rule":"down","severity":1,"state":"firing","summary":"down in production","told":{}},"created_at":1790000000000000,"id":"01a0c450-6c00-7fed-b346-6f8a7b81a989","kind":"firing","receiver":"journal"}','waiting',0,NULL,NULL,NULL,NULL,1790000000000000,NULL,3);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('transitions',1);
INSERT INTO sqlite_sequence VALUES('notices',3);
CREATE INDEX transitions_of_alert ON transitions (alert, sequence);
CREATE INDEX transitions_by_time ON transitions (at);
CREATE INDEX notices_waiting ON notices (receiver, alert, sequence, severity)
    WHERE status = 'waiting';
CREATE INDEX notices_counted ON notices (receiver, status, created_at);
CREATE INDEX notices_settled ON notices (settled_at) WHERE status <> 'waiting';
CREATE INDEX notices_of_episode ON notices (receiver, alert, episode)
    WHERE status <> 'waiting';
COMMIT;
PRAGMA user_version = 2;
PRAGMA application_id = 1280000332;
