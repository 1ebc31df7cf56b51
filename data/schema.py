"""The tables of heed as ordered migrations: each a name and its SQL, applied once.

Knows no file and no record. A released migration is never edited; a change is a new one at the end.
No foreign keys, CHECKs or secondary indexes: on DuckDB 2.0.0 a foreign key makes it impossible to
change a list column or to rename a column of a referenced row's table; `verify` checks instead.
"""

from __future__ import annotations

from typing import NamedTuple


class Migration(NamedTuple):
    """One step of the schema. The name is stored in the file, so it never changes."""

    name: str
    sql: str


_ORIGIN = """
    rater VARCHAR NOT NULL, view VARCHAR NOT NULL, source VARCHAR NOT NULL, trust VARCHAR NOT NULL,
    ms_shown BIGINT, ms_to_answer BIGINT, confidence INTEGER
"""


def _span(prefix: str) -> str:
    return (
        f"{prefix}_quote VARCHAR, {prefix}_prefix VARCHAR, {prefix}_suffix VARCHAR,"
        f" {prefix}_occurrence INTEGER, {prefix}_start BIGINT, {prefix}_end BIGINT"
    )


_CHATS = f"""
CREATE TABLE task (
    id VARCHAR PRIMARY KEY, title VARCHAR NOT NULL, mode VARCHAR NOT NULL, head VARCHAR,
    scale DOUBLE NOT NULL
);
CREATE TABLE turn (
    id VARCHAR PRIMARY KEY, task VARCHAR NOT NULL, parent VARCHAR, kind VARCHAR NOT NULL,
    text VARCHAR NOT NULL, number INTEGER NOT NULL, source VARCHAR NOT NULL, trust VARCHAR NOT NULL,
    "at" TIMESTAMP NOT NULL, state VARCHAR NOT NULL, stop_at BIGINT, adapter INTEGER,
    lessons VARCHAR[] NOT NULL, learn BOOLEAN NOT NULL, made_with VARCHAR NOT NULL
);
CREATE TABLE question (
    turn VARCHAR PRIMARY KEY, reason VARCHAR NOT NULL, trait VARCHAR NOT NULL,
    options VARCHAR[] NOT NULL, assumption VARCHAR NOT NULL, {_ORIGIN}, answered VARCHAR NOT NULL,
    answer VARCHAR
);
CREATE TABLE disclosure (
    id VARCHAR PRIMARY KEY, turn VARCHAR NOT NULL, text VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    useful BOOLEAN
);
CREATE TABLE event (
    id VARCHAR PRIMARY KEY, subject VARCHAR NOT NULL, before VARCHAR NOT NULL,
    after VARCHAR NOT NULL, why VARCHAR NOT NULL, "at" TIMESTAMP NOT NULL
);
"""

_JUDGEMENTS = f"""
CREATE TABLE critique (
    id VARCHAR PRIMARY KEY, turn VARCHAR NOT NULL, text VARCHAR NOT NULL, {_ORIGIN},
    "at" TIMESTAMP NOT NULL, {_span("span")}, mark VARCHAR, thumb VARCHAR, edit VARCHAR
);
CREATE TABLE wish (
    id VARCHAR PRIMARY KEY, critique VARCHAR NOT NULL, number INTEGER NOT NULL,
    kind VARCHAR NOT NULL, aspect VARCHAR NOT NULL, op VARCHAR NOT NULL, {_span("quote")},
    effect VARCHAR NOT NULL, aim VARCHAR NOT NULL, {_span("target")}, polarity INTEGER NOT NULL,
    slots VARCHAR NOT NULL, reach VARCHAR NOT NULL, condition VARCHAR NOT NULL,
    strength DOUBLE NOT NULL, "check" VARCHAR, check_on_target BOOLEAN, claim VARCHAR NOT NULL,
    sure DOUBLE NOT NULL, route VARCHAR NOT NULL, parser VARCHAR NOT NULL, settled VARCHAR NOT NULL
);
CREATE TABLE choice (
    id VARCHAR PRIMARY KEY, "left" VARCHAR NOT NULL, "right" VARCHAR NOT NULL,
    picked VARCHAR NOT NULL, why_shown VARCHAR NOT NULL, words VARCHAR NOT NULL, {_ORIGIN}
);
CREATE TABLE checker (
    id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, args VARCHAR NOT NULL, split VARCHAR NOT NULL,
    twin VARCHAR
);
CREATE TABLE check_result (
    turn VARCHAR, checker VARCHAR, passed BOOLEAN NOT NULL, spans VARCHAR NOT NULL,
    PRIMARY KEY (turn, checker)
);
"""

_LEDGER = """
CREATE TABLE lesson (
    id VARCHAR PRIMARY KEY, wish VARCHAR NOT NULL, effect VARCHAR NOT NULL, scope VARCHAR NOT NULL,
    condition VARCHAR NOT NULL, "check" VARCHAR, since TIMESTAMP NOT NULL, status VARCHAR NOT NULL,
    stance VARCHAR NOT NULL, place VARCHAR NOT NULL, until TIMESTAMP, learned_in INTEGER
);
CREATE TABLE lesson_edge (
    winner VARCHAR, loser VARCHAR, condition VARCHAR, kind VARCHAR NOT NULL,
    "at" TIMESTAMP NOT NULL,    PRIMARY KEY (winner, loser, condition)
);
CREATE TABLE lesson_evidence (
    lesson VARCHAR, kind VARCHAR, ref VARCHAR, sign INTEGER NOT NULL,
    PRIMARY KEY (lesson, kind, ref)
);
CREATE TABLE prompt (
    id VARCHAR PRIMARY KEY, text VARCHAR NOT NULL, origin VARCHAR NOT NULL, split VARCHAR NOT NULL
);
CREATE TABLE preference (
    id VARCHAR PRIMARY KEY, lesson VARCHAR, critique VARCHAR, choice VARCHAR,
    prompt VARCHAR NOT NULL, chosen VARCHAR NOT NULL, rejected VARCHAR, role VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL, weight DOUBLE NOT NULL, split VARCHAR NOT NULL,
    source VARCHAR NOT NULL, trust VARCHAR NOT NULL, withdrawn TIMESTAMP,
    prompt_id VARCHAR NOT NULL, target_key VARCHAR
);
"""

_LEARNING = """
CREATE TABLE adapter (
    number INTEGER PRIMARY KEY, parent INTEGER, base VARCHAR NOT NULL, folder VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL, seed BIGINT NOT NULL, settings VARCHAR NOT NULL, gate VARCHAR NOT NULL,
    state VARCHAR NOT NULL
);
CREATE TABLE adapter_lesson (
    adapter INTEGER, lesson VARCHAR, position INTEGER NOT NULL, PRIMARY KEY (adapter, lesson)
);
CREATE TABLE adapter_preference (
    adapter INTEGER, preference VARCHAR, position INTEGER NOT NULL,
    PRIMARY KEY (adapter, preference)
);
CREATE TABLE run (
    id VARCHAR PRIMARY KEY, kind VARCHAR NOT NULL, adapter INTEGER, data_hash VARCHAR NOT NULL,
    settings VARCHAR NOT NULL, conditions VARCHAR NOT NULL, audit_reads INTEGER NOT NULL,
    started TIMESTAMP NOT NULL, ended TIMESTAMP, outcome VARCHAR NOT NULL
);
CREATE TABLE metric (
    run VARCHAR, name VARCHAR, split VARCHAR, value DOUBLE NOT NULL, low DOUBLE, high DOUBLE,
    n BIGINT NOT NULL, PRIMARY KEY (run, name, split)
);
CREATE TABLE embedding (
    model VARCHAR, text VARCHAR, vector FLOAT[] NOT NULL, PRIMARY KEY (model, text)
);
CREATE TABLE target (
    key VARCHAR PRIMARY KEY, path VARCHAR NOT NULL, bytes BIGINT NOT NULL,
    lessons VARCHAR[] NOT NULL
);
CREATE TABLE receipt (id VARCHAR PRIMARY KEY, removed VARCHAR NOT NULL, "at" TIMESTAMP NOT NULL);
"""

# What is known about the person is remembered and never taught.
_MEMORY = """
ALTER TABLE lesson ADD COLUMN kind VARCHAR DEFAULT 'rule';
UPDATE lesson SET kind = 'fact' WHERE wish IN (SELECT id FROM wish WHERE kind = 'fact');
UPDATE lesson SET kind = 'once'
    WHERE "check" IS NULL AND wish IN (SELECT id FROM wish WHERE kind = 'once');
UPDATE lesson SET status = 'memory' WHERE kind <> 'rule' AND status = 'active';
"""

# A reply that was cut by its limit teaches nothing about how replies end.
_CUT = "ALTER TABLE preference ADD COLUMN cut BOOLEAN DEFAULT false;"

# What came from a file of another program: which chat or preference it became, and the rest of it.
_IMPORTED = """
CREATE TABLE imported (
    key VARCHAR PRIMARY KEY, form VARCHAR NOT NULL, file VARCHAR NOT NULL, task VARCHAR,
    preference VARCHAR, digest VARCHAR NOT NULL, rest VARCHAR NOT NULL, "at" TIMESTAMP NOT NULL
);
"""

# What was done to a chip: the parser's readings are calibrated for the person by it.
_CORRECTED = """
CREATE TABLE correction (
    id VARCHAR PRIMARY KEY, wish VARCHAR NOT NULL, field VARCHAR NOT NULL, was VARCHAR NOT NULL,
    became VARCHAR NOT NULL, "by" VARCHAR NOT NULL, "at" TIMESTAMP NOT NULL
);
"""

# The asker: what was decided and what became of it. Earlier questions are decisions too, without
# values: beliefs about a person are rebuilt from these rows alone.
_ASKED = """
CREATE TABLE decision (
    id VARCHAR PRIMARY KEY, turn VARCHAR NOT NULL, "at" TIMESTAMP NOT NULL, scope VARCHAR NOT NULL,
    facet VARCHAR NOT NULL, options VARCHAR[] NOT NULL, chances DOUBLE[] NOT NULL,
    features DOUBLE[] NOT NULL, vector FLOAT[] NOT NULL, vector_key VARCHAR NOT NULL,
    ask DOUBLE NOT NULL, assume DOUBLE NOT NULL, act DOUBLE NOT NULL, later DOUBLE NOT NULL,
    action VARCHAR NOT NULL, propensity DOUBLE NOT NULL, policy VARCHAR NOT NULL,
    why VARCHAR NOT NULL, delta DOUBLE, progress DOUBLE NOT NULL, ms BIGINT NOT NULL,
    shown VARCHAR, lesson VARCHAR
);
CREATE TABLE outcome (
    id VARCHAR PRIMARY KEY, decision VARCHAR NOT NULL, how VARCHAR NOT NULL, words VARCHAR NOT NULL,
    ms BIGINT, y DOUBLE, weight DOUBLE NOT NULL, "at" TIMESTAMP NOT NULL, wish VARCHAR
);
CREATE TABLE checkpoint (
    id VARCHAR PRIMARY KEY, turn VARCHAR NOT NULL, section INTEGER NOT NULL,
    heading VARCHAR NOT NULL, prefix VARCHAR NOT NULL, seed BIGINT NOT NULL,
    answers VARCHAR NOT NULL, assumptions VARCHAR NOT NULL, "at" TIMESTAMP NOT NULL
);
INSERT INTO decision
    SELECT turn.id, coalesce(turn.parent, turn.id), turn."at", '', trait, options, [], [], [], '',
        0, 0, 0, 0, 'ask', 1, 'before 0009', reason, NULL, 0, 0, turn.id, NULL
    FROM question JOIN turn ON turn.id = question.turn;
INSERT INTO outcome
    SELECT id, decision, how, words, ms,
        CASE how WHEN 'changed' THEN 1 WHEN 'words' THEN 1 WHEN 'mute' THEN NULL ELSE 0 END,
        CASE how WHEN 'mute' THEN 0 WHEN 'default' THEN .5 WHEN 'ignored' THEN .5 ELSE 1 END,
        "at", NULL
    FROM (
        SELECT coalesce(said.id, question.turn) AS id, question.turn AS decision,
            CASE WHEN answered <> 'option' THEN answered
                WHEN said.text = assumption THEN 'default' ELSE 'changed' END AS how,
            CASE WHEN answered IN ('option', 'words') THEN coalesce(said.text, '') ELSE '' END
                AS words,
            ms_to_answer AS ms, coalesce(said."at", card."at") AS "at"
        FROM question JOIN turn AS card ON card.id = question.turn
        LEFT JOIN turn AS said ON said.id = question.answer
        WHERE answered NOT IN ('open', 'withdrawn')
    );
"""

# In the file before any migration: it says which of them were applied, and when.
RECORD = (
    "CREATE TABLE IF NOT EXISTS migration (name VARCHAR PRIMARY KEY, applied TIMESTAMP NOT NULL)"
)

MIGRATIONS = (
    Migration("0001 chats", _CHATS),
    Migration("0002 judgements", _JUDGEMENTS),
    Migration("0003 ledger", _LEDGER),
    Migration("0004 learning", _LEARNING),
    Migration("0005 memory", _MEMORY),
    Migration("0006 cut replies", _CUT),
    Migration("0007 imports", _IMPORTED),
    Migration("0008 corrections", _CORRECTED),
    Migration("0009 decisions", _ASKED),
)
