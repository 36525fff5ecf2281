-- Times are milliseconds since 1970 UTC, digests are hexadecimal, documents are JSON in ASCII: the same on SQLite and PostgreSQL.

CREATE TABLE approvals (
    id              TEXT    NOT NULL PRIMARY KEY,
    state           TEXT    NOT NULL,
    version         BIGINT  NOT NULL,
    updated_at      BIGINT  NOT NULL,
    node            TEXT    NOT NULL,
    session_id      TEXT    NOT NULL,
    action_number   BIGINT  NOT NULL,
    issuer          TEXT    NOT NULL,
    subject         TEXT    NOT NULL,
    target          TEXT    NOT NULL,
    account         TEXT    NOT NULL,
    database_name   TEXT    NOT NULL,
    digest          TEXT    NOT NULL,
    rule            TEXT    NOT NULL,
    approver_issuer TEXT    NOT NULL,
    approver_groups TEXT    NOT NULL,
    required        INTEGER NOT NULL,
    carry           BIGINT  NOT NULL,
    requested_at    BIGINT  NOT NULL,
    expires_at      BIGINT  NOT NULL,
    decided_at      BIGINT,
    ended_at        BIGINT,
    end_reason      TEXT,
    document        TEXT    NOT NULL,
    body            TEXT    NOT NULL
);
CREATE INDEX approvals_by_node ON approvals (node, state);
CREATE INDEX approvals_by_state ON approvals (state, requested_at);
CREATE INDEX approvals_by_end ON approvals (ended_at);
CREATE INDEX approvals_by_update ON approvals (updated_at);
CREATE INDEX approvals_by_digest ON approvals (digest, state);

CREATE TABLE approval_decisions (
    approval_id TEXT    NOT NULL REFERENCES approvals (id),
    issuer      TEXT    NOT NULL,
    subject     TEXT    NOT NULL,
    display     TEXT    NOT NULL,
    approve     INTEGER NOT NULL,
    comment     TEXT    NOT NULL,
    decided_at  BIGINT  NOT NULL,
    PRIMARY KEY (approval_id, issuer, subject)
);

CREATE TABLE access_requests (
    id           TEXT   NOT NULL PRIMARY KEY,
    state        TEXT   NOT NULL,
    issuer       TEXT   NOT NULL,
    subject      TEXT   NOT NULL,
    grant_name   TEXT   NOT NULL,
    requested_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    decided_at   BIGINT,
    ends_at      BIGINT,
    document     TEXT   NOT NULL
);

CREATE TABLE revocations (
    kind       TEXT   NOT NULL,
    issuer     TEXT   NOT NULL,
    value      TEXT   NOT NULL,
    revoked_by TEXT   NOT NULL,
    reason     TEXT   NOT NULL,
    revoked_at BIGINT NOT NULL,
    PRIMARY KEY (kind, issuer, value)
);

-- A number that grows with every change, so that readers reload only what has changed.
CREATE TABLE generations (
    name  TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO generations (name, value) VALUES ('revocations', 0);

CREATE TABLE nodes (
    name       TEXT   NOT NULL PRIMARY KEY,
    started_at BIGINT NOT NULL,
    beat_at    BIGINT NOT NULL
);

CREATE TABLE sessions (
    id          TEXT   NOT NULL PRIMARY KEY,
    node        TEXT   NOT NULL,
    issuer      TEXT   NOT NULL,
    subject     TEXT   NOT NULL,
    display     TEXT   NOT NULL,
    grant_name  TEXT   NOT NULL,
    target      TEXT   NOT NULL,
    account     TEXT   NOT NULL,
    database_name TEXT NOT NULL,
    client      TEXT   NOT NULL,
    started_at  BIGINT NOT NULL,
    ended_at    BIGINT,
    end_cause   TEXT,
    actions     BIGINT NOT NULL,
    denied      BIGINT NOT NULL,
    held        BIGINT NOT NULL
);
CREATE INDEX sessions_by_start ON sessions (started_at);
CREATE INDEX sessions_by_person ON sessions (issuer, subject, started_at);

CREATE TABLE sink_cursors (
    node     TEXT   NOT NULL,
    sink     TEXT   NOT NULL,
    position TEXT   NOT NULL,
    moved_at BIGINT NOT NULL,
    PRIMARY KEY (node, sink)
);
