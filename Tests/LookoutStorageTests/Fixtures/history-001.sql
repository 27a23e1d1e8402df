PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('001-samples');
CREATE TABLE checks (
    id INTEGER PRIMARY KEY,
    environment TEXT NOT NULL,
    probe TEXT NOT NULL,
    UNIQUE (environment, probe)
) STRICT;
INSERT INTO checks VALUES(1,'production','api');
CREATE TABLE samples (
    check_id INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    failure TEXT,
    message TEXT,
    dns INTEGER,
    connect INTEGER,
    tls INTEGER,
    first_byte INTEGER,
    transfer INTEGER,
    total INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    status INTEGER,
    version TEXT,
    PRIMARY KEY (check_id, started_at)
) STRICT, WITHOUT ROWID;
INSERT INTO samples VALUES(1,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,1,NULL,NULL);
INSERT INTO samples VALUES(1,1000001,0,NULL,NULL,1,2000,3000,4000000,0,3600000000,2,101,'it''s; DROP TABLE samples --');
INSERT INTO samples VALUES(1,2000002,0,NULL,NULL,NULL,7,NULL,NULL,8,15,3,NULL,replace(replace('🚨 é ‮\r\n	','\r',char(13)),'\n',char(10)));
INSERT INTO samples VALUES(1,3000003,2,NULL,'no descriptors',NULL,NULL,NULL,NULL,NULL,0,1,103,'');
INSERT INTO samples VALUES(1,4000004,2,NULL,'no descriptors',1,2000,3000,4000000,0,3600000000,2,NULL,'it''s; DROP TABLE samples --');
INSERT INTO samples VALUES(1,5000005,2,NULL,'no descriptors',NULL,7,NULL,NULL,8,15,3,105,NULL);
INSERT INTO samples VALUES(1,6000006,3,NULL,'offline',NULL,NULL,NULL,NULL,NULL,0,1,NULL,'');
INSERT INTO samples VALUES(1,7000007,3,NULL,'offline',1,2000,3000,4000000,0,3600000000,2,107,'it''s; DROP TABLE samples --');
INSERT INTO samples VALUES(1,8000008,3,NULL,'offline',NULL,7,NULL,NULL,8,15,3,NULL,replace(replace('🚨 é ‮\r\n	','\r',char(13)),'\n',char(10)));
INSERT INTO samples VALUES(1,9000009,1,'dns','because of dns',NULL,NULL,NULL,NULL,NULL,0,1,109,'');
INSERT INTO samples VALUES(1,10000010,1,'dns','because of dns',1,2000,3000,4000000,0,3600000000,2,NULL,NULL);
INSERT INTO samples VALUES(1,11000011,1,'dns','because of dns',NULL,7,NULL,NULL,8,15,3,111,replace(replace('🚨 é ‮\r\n	','\r',char(13)),'\n',char(10)));
INSERT INTO samples VALUES(1,12000012,1,'connect','because of connect',NULL,NULL,NULL,NULL,NULL,0,1,NULL,'');
INSERT INTO samples VALUES(1,13000013,1,'connect','because of connect',1,2000,3000,4000000,0,3600000000,2,113,'it''s; DROP TABLE samples --');
INSERT INTO samples VALUES(1,14000014,1,'connect','because of connect',NULL,7,NULL,NULL,8,15,3,NULL,replace(replace('🚨 é ‮\r\n	','\r',char(13)),'\n',char(10)));
INSERT INTO samples VALUES(1,15000015,1,'tls','because of tls',NULL,NULL,NULL,NULL,NULL,0,1,115,NULL);
INSERT INTO samples VALUES(1,16000016,1,'tls','because of tls',1,2000,3000,4000000,0,3600000000,2,NULL,'it''s; DROP TABLE samples --');
INSERT INTO samples VALUES(1,17000017,1,'tls','because of tls',NULL,7,NULL,NULL,8,15,3,117,replace(replace('🚨 é ‮\r\n	','\r',char(13)),'\n',char(10)));
INSERT INTO samples VALUES(1,18000018,1,'timeout','because of timeout',NULL,NULL,NULL,NULL,NULL,0,1,NULL,'');
INSERT INTO samples VALUES(1,19000019,1,'timeout','because of timeout',1,2000,3000,4000000,0,3600000000,2,119,'it''s; DROP TABLE samples --');
INSERT INTO samples VALUES(1,20000020,1,'timeout','because of timeout',NULL,7,NULL,NULL,8,15,3,NULL,NULL);
INSERT INTO samples VALUES(1,21000021,1,'protocol','because of protocolViolation',NULL,NULL,NULL,NULL,NULL,0,1,121,'');
INSERT INTO samples VALUES(1,22000022,1,'protocol','because of protocolViolation',1,2000,3000,4000000,0,3600000000,2,NULL,'it''s; DROP TABLE samples --');
INSERT INTO samples VALUES(1,23000023,1,'protocol','because of protocolViolation',NULL,7,NULL,NULL,8,15,3,123,replace(replace('🚨 é ‮\r\n	','\r',char(13)),'\n',char(10)));
INSERT INTO samples VALUES(1,24000024,1,'status','because of status',NULL,NULL,NULL,NULL,NULL,0,1,NULL,'');
INSERT INTO samples VALUES(1,25000025,1,'status','because of status',1,2000,3000,4000000,0,3600000000,2,125,NULL);
INSERT INTO samples VALUES(1,26000026,1,'status','because of status',NULL,7,NULL,NULL,8,15,3,NULL,replace(replace('🚨 é ‮\r\n	','\r',char(13)),'\n',char(10)));
INSERT INTO samples VALUES(1,27000027,1,'header','because of header',NULL,NULL,NULL,NULL,NULL,0,1,127,'');
INSERT INTO samples VALUES(1,28000028,1,'header','because of header',1,2000,3000,4000000,0,3600000000,2,NULL,'it''s; DROP TABLE samples --');
INSERT INTO samples VALUES(1,29000029,1,'header','because of header',NULL,7,NULL,NULL,8,15,3,129,replace(replace('🚨 é ‮\r\n	','\r',char(13)),'\n',char(10)));
INSERT INTO samples VALUES(1,30000030,1,'body','because of body',NULL,NULL,NULL,NULL,NULL,0,1,NULL,NULL);
INSERT INTO samples VALUES(1,31000031,1,'body','because of body',1,2000,3000,4000000,0,3600000000,2,131,'it''s; DROP TABLE samples --');
INSERT INTO samples VALUES(1,32000032,1,'body','because of body',NULL,7,NULL,NULL,8,15,3,NULL,replace(replace('🚨 é ‮\r\n	','\r',char(13)),'\n',char(10)));
INSERT INTO samples VALUES(1,33000033,1,'size','because of size',NULL,NULL,NULL,NULL,NULL,0,1,133,'');
INSERT INTO samples VALUES(1,34000034,1,'size','because of size',1,2000,3000,4000000,0,3600000000,2,NULL,'it''s; DROP TABLE samples --');
INSERT INTO samples VALUES(1,35000035,1,'size','because of size',NULL,7,NULL,NULL,8,15,3,135,NULL);
INSERT INTO samples VALUES(1,36000036,1,'closed','because of closed',NULL,NULL,NULL,NULL,NULL,0,1,NULL,'');
INSERT INTO samples VALUES(1,37000037,1,'closed','because of closed',1,2000,3000,4000000,0,3600000000,2,137,'it''s; DROP TABLE samples --');
INSERT INTO samples VALUES(1,38000038,1,'closed','because of closed',NULL,7,NULL,NULL,8,15,3,NULL,replace(replace('🚨 é ‮\r\n	','\r',char(13)),'\n',char(10)));
INSERT INTO samples VALUES(1,39000039,1,'condition','because of condition',NULL,NULL,NULL,NULL,NULL,0,1,139,'');
INSERT INTO samples VALUES(1,40000040,1,'condition','because of condition',1,2000,3000,4000000,0,3600000000,2,NULL,NULL);
INSERT INTO samples VALUES(1,41000041,1,'condition','because of condition',NULL,7,NULL,NULL,8,15,3,141,replace(replace('🚨 é ‮\r\n	','\r',char(13)),'\n',char(10)));
INSERT INTO samples VALUES(1,42000042,2,NULL,'',NULL,NULL,NULL,NULL,NULL,0,1,NULL,'');
INSERT INTO samples VALUES(1,43000043,2,NULL,'',1,2000,3000,4000000,0,3600000000,2,143,'it''s; DROP TABLE samples --');
INSERT INTO samples VALUES(1,44000044,2,NULL,'',NULL,7,NULL,NULL,8,15,3,NULL,replace(replace('🚨 é ‮\r\n	','\r',char(13)),'\n',char(10)));
INSERT INTO samples VALUES(1,45000045,2,NULL,'it''s; DROP TABLE samples --',NULL,NULL,NULL,NULL,NULL,0,1,145,NULL);
INSERT INTO samples VALUES(1,46000046,2,NULL,'it''s; DROP TABLE samples --',1,2000,3000,4000000,0,3600000000,2,NULL,'it''s; DROP TABLE samples --');
INSERT INTO samples VALUES(1,47000047,2,NULL,'it''s; DROP TABLE samples --',NULL,7,NULL,NULL,8,15,3,147,replace(replace('🚨 é ‮\r\n	','\r',char(13)),'\n',char(10)));
INSERT INTO samples VALUES(1,48000048,2,NULL,replace(replace('🚨 é ‮\r\n	','\r',char(13)),'\n',char(10)),NULL,NULL,NULL,NULL,NULL,0,1,NULL,'');
INSERT INTO samples VALUES(1,49000049,2,NULL,replace(replace('🚨 é ‮\r\n	','\r',char(13)),'\n',char(10)),1,2000,3000,4000000,0,3600000000,2,149,'it''s; DROP TABLE samples --');
INSERT INTO samples VALUES(1,50000050,2,NULL,replace(replace('🚨 é ‮\r\n	','\r',char(13)),'\n',char(10)),NULL,7,NULL,NULL,8,15,3,NULL,NULL);
COMMIT;
PRAGMA user_version = 1;
PRAGMA application_id = 1280002131;
