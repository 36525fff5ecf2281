-- Nothing was written into the first form of this table.
DROP TABLE access_requests;

CREATE TABLE access_requests (
    id              TEXT    NOT NULL PRIMARY KEY,
    state           TEXT    NOT NULL,
    updated_at      BIGINT  NOT NULL,
    issuer          TEXT    NOT NULL,
    subject         TEXT    NOT NULL,
    grant_name      TEXT    NOT NULL,
    break_glass     INTEGER NOT NULL,
    duration        BIGINT  NOT NULL,
    approver_issuer TEXT    NOT NULL,
    approver_groups TEXT    NOT NULL,
    required        INTEGER NOT NULL,
    requested_at    BIGINT  NOT NULL,
    expires_at      BIGINT  NOT NULL,
    decided_at      BIGINT,
    ends_at         BIGINT,
    ended_at        BIGINT,
    ended_by        TEXT,
    end_reason      TEXT,
    document        TEXT    NOT NULL
);
CREATE INDEX access_requests_by_state ON access_requests (state, requested_at);
CREATE INDEX access_requests_by_person ON access_requests (issuer, subject, state);

CREATE TABLE access_decisions (
    request_id TEXT    NOT NULL REFERENCES access_requests (id),
    issuer     TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    display    TEXT    NOT NULL,
    approve    INTEGER NOT NULL,
    comment    TEXT    NOT NULL,
    decided_at BIGINT  NOT NULL,
    PRIMARY KEY (request_id, issuer, subject)
);

INSERT INTO generations (name, value) VALUES ('access', 0);
