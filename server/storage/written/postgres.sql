-- applied: 0001_initial 0002_photo_sending 0003_edition_gist 0004_commitment 0005_passkeys_and_shared_phones 0006_review_turns 0007_reminders 0008_review_post 0009_urgent_publication 0010_search 0011_short_link 0012_inquiries 0013_search_names 0014_query_points 0015_ratings 0016_subscribers 0017_payments 0018_inquiry_photos 0019_attempts_counted 0020_terms_of_office 0021_matters 0022_matter_revision 0023_inquiry_desk 0024_revisions 0025_search_filings 0026_tallies 0027_inspections 0028_rectifications 0029_delay_cause 0030_outreach 0031_ledgers 0032_account_batch 0033_policy_recordings 0034_exemptions_decided 0035_division_successor 0036_site_notices 0037_group_codes 0038_outreach_photos 0039_tallies_of_groups 0040_office_phones
CREATE TABLE IF NOT EXISTS "tortoise_migrations" (
    "id" SERIAL NOT NULL PRIMARY KEY,
    "app" VARCHAR(255) NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "applied_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "uid_tortoise_mi_app_3803a5" UNIQUE ("app", "name")
);
-- next
CREATE TABLE IF NOT EXISTS "tortoise_migrations" (
    "id" SERIAL NOT NULL PRIMARY KEY,
    "app" VARCHAR(255) NOT NULL,
    "name" VARCHAR(255) NOT NULL,
    "applied_at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "uid_tortoise_mi_app_3803a5" UNIQUE ("app", "name")
);
-- next
CREATE TABLE "account" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "login" VARCHAR(60) NOT NULL UNIQUE,
    "name" VARCHAR(60) NOT NULL,
    "role" VARCHAR(16) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "password_hash" VARCHAR(200),
    "disabled_at" BIGINT,
    "created_at" BIGINT NOT NULL
);
CREATE INDEX "account_by_division" ON "account" ("division");
COMMENT ON TABLE "account" IS 'A person who may sign in, bound to a role and a division.';
-- next
CREATE TABLE "disclosure" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "category" VARCHAR(60) NOT NULL,
    "period_key" VARCHAR(40) NOT NULL,
    "period_start" VARCHAR(10) NOT NULL,
    "period_end" VARCHAR(10) NOT NULL,
    "event_on" VARCHAR(10),
    "title" VARCHAR(200) NOT NULL,
    "created_at" BIGINT NOT NULL,
    CONSTRAINT "uid_disclosure_divisio_6610de" UNIQUE ("division", "category", "period_key")
);
CREATE INDEX "disclosure_by_division" ON "disclosure" ("division", "period_start");
COMMENT ON TABLE "disclosure" IS 'One answer to one obligation.';
-- next
CREATE TABLE "division" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "code" VARCHAR(12) NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "parent" VARCHAR(12),
    "level" VARCHAR(8) NOT NULL,
    "valid_from" VARCHAR(10) NOT NULL,
    "valid_to" VARCHAR(10),
    "initials" VARCHAR(400) NOT NULL,
    CONSTRAINT "uid_division_code_25745d" UNIQUE ("code", "valid_from")
);
CREATE INDEX "division_by_parent" ON "division" ("parent", "code");
COMMENT ON TABLE "division" IS 'A division for a span of days: `valid_from` '''' is ''as long as we know'', `valid_to` null is ''today''.';
-- next
CREATE TABLE "division_version" (
    "division" VARCHAR(12) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "counter" BIGINT NOT NULL
);
COMMENT ON TABLE "division_version" IS 'Counts what changed on a division''s public pages: the ETag''s first half.';
-- next
CREATE TABLE "edition" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "number" INT,
    "state" VARCHAR(12) NOT NULL,
    "schema_version" INT NOT NULL,
    "content" TEXT NOT NULL,
    "content_hash" VARCHAR(71) NOT NULL,
    "reason" TEXT,
    "explanation" TEXT,
    "findings" TEXT NOT NULL,
    "composed_at" BIGINT NOT NULL,
    "captured_at" BIGINT,
    "received_at" BIGINT NOT NULL,
    "submitted_by" VARCHAR(36) NOT NULL,
    "plan_at" BIGINT,
    "plan_until" BIGINT,
    "decided_at" BIGINT,
    "decided_by" VARCHAR(36),
    "opens_at" BIGINT,
    "comes_down_at" BIGINT,
    "superseded_at" BIGINT,
    "withdrawn_at" BIGINT,
    "withdrawn_reason" TEXT,
    "revision" INT NOT NULL,
    "disclosure_id" VARCHAR(36) NOT NULL REFERENCES "disclosure" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_edition_disclos_794673" UNIQUE ("disclosure_id", "number")
);
CREATE INDEX "edition_by_division" ON "edition" ("division", "received_at");
CREATE INDEX "edition_by_state" ON "edition" ("state", "division", "received_at");
COMMENT ON TABLE "edition" IS 'An immutable state of a disclosure: the decision columns are filled once, `revision` counts that.';
-- next
CREATE TABLE "event" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "at" BIGINT NOT NULL,
    "actor" VARCHAR(36),
    "action" VARCHAR(60) NOT NULL,
    "subject" VARCHAR(80) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "address" VARCHAR(64) NOT NULL,
    "details" TEXT NOT NULL
);
CREATE INDEX "event_by_subject" ON "event" ("subject", "id");
CREATE INDEX "event_by_division" ON "event" ("division", "at");
COMMENT ON TABLE "event" IS 'Who did what to which subject, when and from where: written in the transaction of the change itself.';
-- next
CREATE TABLE "exemption" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "category" VARCHAR(60) NOT NULL,
    "period_key" VARCHAR(40),
    "valid_from" VARCHAR(10),
    "valid_to" VARCHAR(10),
    "reason" TEXT NOT NULL,
    "approver" VARCHAR(60) NOT NULL,
    "recorded_at" BIGINT NOT NULL
);
CREATE INDEX "exemption_by_division" ON "exemption" ("division");
COMMENT ON TABLE "exemption" IS 'An obligation that somebody was let off, with the reason and who said so.';
-- next
CREATE TABLE "installation" (
    "key" VARCHAR(60) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "value" TEXT NOT NULL
);
COMMENT ON TABLE "installation" IS 'What this installation knows about itself: is it a demonstration, its secrets'' names, its first start.';
-- next
CREATE TABLE "invitation" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "code_hash" VARCHAR(64) NOT NULL UNIQUE,
    "expires_at" BIGINT NOT NULL,
    "used_at" BIGINT,
    "reusable" BOOL NOT NULL,
    "created_by" VARCHAR(36),
    "created_at" BIGINT NOT NULL,
    "account_id" VARCHAR(36) NOT NULL REFERENCES "account" ("id") ON DELETE RESTRICT
);
CREATE INDEX "invitation_by_account" ON "invitation" ("account_id");
COMMENT ON TABLE "invitation" IS 'A one-time code (or, in a demonstration, a reusable one) that opens an account.';
-- next
CREATE TABLE "occurrence" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "category" VARCHAR(60) NOT NULL,
    "title" VARCHAR(200) NOT NULL,
    "occurred_on" VARCHAR(10) NOT NULL,
    "recorded_at" BIGINT NOT NULL,
    "recorded_by" VARCHAR(36)
);
CREATE INDEX "occurrence_by_division" ON "occurrence" ("division", "occurred_on");
COMMENT ON TABLE "occurrence" IS 'Something happened that makes a disclosure due.';
-- next
CREATE TABLE "photo" (
    "sha256" VARCHAR(64) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "media_type" VARCHAR(40) NOT NULL,
    "bytes" BIGINT NOT NULL,
    "width" INT NOT NULL,
    "height" INT NOT NULL,
    "captured_at" BIGINT,
    "received_at" BIGINT NOT NULL,
    "uploaded_by" VARCHAR(36) NOT NULL
);
COMMENT ON TABLE "photo" IS 'A stored photo, addressed by its hash: `captured_at` is the photo''s own claim and stays private.';
-- next
CREATE TABLE "edition_photo" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "role" VARCHAR(12) NOT NULL,
    "position" INT NOT NULL,
    "caption" VARCHAR(200),
    "pointer" VARCHAR(200),
    "edition_id" VARCHAR(36) NOT NULL REFERENCES "edition" ("id") ON DELETE RESTRICT,
    "photo_id" VARCHAR(64) NOT NULL REFERENCES "photo" ("sha256") ON DELETE RESTRICT,
    CONSTRAINT "uid_edition_pho_edition_8d589e" UNIQUE ("edition_id", "position")
);
CREATE INDEX "edition_photo_by_photo" ON "edition_photo" ("photo_id");
COMMENT ON TABLE "edition_photo" IS 'A photo''s place in an edition: on the board, or the voucher of one line.';
-- next
CREATE TABLE "policy" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "policy" VARCHAR(120) NOT NULL,
    "document" TEXT NOT NULL,
    "recorded_at" BIGINT NOT NULL
);
CREATE INDEX "policy_by_name" ON "policy" ("policy", "recorded_at");
COMMENT ON TABLE "policy" IS 'A policy document as it was recorded: the newest recording of a policy counts, older ones are kept.';
-- next
CREATE TABLE "review" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "reviewer" VARCHAR(36) NOT NULL,
    "reviewer_name" VARCHAR(60) NOT NULL,
    "decision" VARCHAR(12) NOT NULL,
    "points" TEXT NOT NULL,
    "reason" TEXT,
    "decided_at" BIGINT NOT NULL,
    "edition_id" VARCHAR(36) NOT NULL REFERENCES "edition" ("id") ON DELETE RESTRICT
);
CREATE INDEX "review_by_edition" ON "review" ("edition_id");
COMMENT ON TABLE "review" IS 'What a reviewer decided about an edition.';
-- next
CREATE TABLE "session" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "token_hash" VARCHAR(64) NOT NULL UNIQUE,
    "device" VARCHAR(120) NOT NULL,
    "address" VARCHAR(64) NOT NULL,
    "created_at" BIGINT NOT NULL,
    "last_seen_at" BIGINT NOT NULL,
    "expires_at" BIGINT NOT NULL,
    "revoked_at" BIGINT,
    "old_token_hash" VARCHAR(64)  UNIQUE,
    "old_until" BIGINT,
    "account_id" VARCHAR(36) NOT NULL REFERENCES "account" ("id") ON DELETE RESTRICT
);
CREATE INDEX "session_by_account" ON "session" ("account_id");
COMMENT ON TABLE "session" IS 'A sign-in on one device: only the token''s hash is kept.';
-- next
CREATE TABLE "throttle" (
    "key" VARCHAR(120) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "tokens" DOUBLE PRECISION NOT NULL,
    "updated_at" BIGINT NOT NULL
);
CREATE INDEX "throttle_by_age" ON "throttle" ("updated_at");
COMMENT ON TABLE "throttle" IS 'A token bucket: how many attempts a key has left, as of a moment.';
-- next
CREATE TABLE "workday_year" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "year" INT NOT NULL,
    "document" TEXT NOT NULL,
    "recorded_at" BIGINT NOT NULL
);
CREATE INDEX "workday_year_by_year" ON "workday_year" ("year", "recorded_at");
COMMENT ON TABLE "workday_year" IS 'A year''s holiday notice as it was recorded: the newest recording of a year counts, older ones are kept.';
-- next
CREATE TABLE "photo_sending" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "account" VARCHAR(36) NOT NULL,
    "sent_at" BIGINT NOT NULL,
    "photo_id" VARCHAR(64) NOT NULL REFERENCES "photo" ("sha256") ON DELETE RESTRICT,
    CONSTRAINT "uid_photo_sendi_photo_i_4c6380" UNIQUE ("photo_id", "division", "account")
);
COMMENT ON TABLE "photo_sending" IS 'Somebody sent a photo in the name of a division: only there may a posting use it.';
-- next
INSERT INTO photo_sending (county, photo_id, division, account, sent_at) SELECT county, sha256, division, uploaded_by, received_at FROM photo
-- next
ALTER TABLE "edition" ADD COLUMN "gist" TEXT
-- next
CREATE TABLE "commitment" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "category" VARCHAR(60) NOT NULL,
    "period_key" VARCHAR(40) NOT NULL,
    "period_end" VARCHAR(10) NOT NULL,
    "event_on" VARCHAR(10),
    "schema_version" INT NOT NULL,
    "content_hash" VARCHAR(71) NOT NULL,
    "digest" VARCHAR(71) NOT NULL,
    "photos" TEXT NOT NULL,
    "composed_at" BIGINT NOT NULL,
    "received_at" BIGINT NOT NULL,
    "lapses_at" BIGINT NOT NULL,
    "committed_by" VARCHAR(36) NOT NULL,
    "plan_at" BIGINT,
    "replaces" VARCHAR(36),
    "completed_at" BIGINT,
    "replaced_at" BIGINT
);
CREATE INDEX "commitment_by_division" ON "commitment" ("division", "period_end");
CREATE INDEX "commitment_by_person" ON "commitment" ("committed_by", "received_at");
COMMENT ON TABLE "commitment" IS 'A posting that was registered before its content: the two moments at its end are filled once each.';
-- next
ALTER TABLE "edition" ADD COLUMN "committed_at" BIGINT
-- next
CREATE TABLE "passkey" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "credential_id" VARCHAR(1400) NOT NULL UNIQUE,
    "public_key" TEXT NOT NULL,
    "rp_id" VARCHAR(255) NOT NULL,
    "sign_count" BIGINT NOT NULL,
    "transports" VARCHAR(100) NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "created_at" BIGINT NOT NULL,
    "last_used_at" BIGINT,
    "revoked_at" BIGINT,
    "account_id" VARCHAR(36) NOT NULL REFERENCES "account" ("id") ON DELETE RESTRICT
);
CREATE INDEX "passkey_by_account" ON "passkey" ("account_id");
COMMENT ON TABLE "passkey" IS 'A passkey (WebAuthn) of an account: the public half, bytes as base64url.';
-- next
CREATE TABLE "passkey_challenge" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "challenge" VARCHAR(100) NOT NULL UNIQUE,
    "account_id" VARCHAR(36),
    "origin" VARCHAR(255) NOT NULL,
    "rp_id" VARCHAR(255) NOT NULL,
    "expires_at" BIGINT NOT NULL,
    "used_at" BIGINT
);
CREATE INDEX "passkey_challenge_by_end" ON "passkey_challenge" ("expires_at");
COMMENT ON TABLE "passkey_challenge" IS 'Random bytes that a passkey signs once, within minutes.';
-- next
CREATE TABLE "phone" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "token_hash" VARCHAR(64) NOT NULL UNIQUE,
    "created_at" BIGINT NOT NULL
);
COMMENT ON TABLE "phone" IS 'A phone that several people share, each with a PIN: only its token''s hash is kept.';
-- next
ALTER TABLE "account" ADD COLUMN "succeeded_by" VARCHAR(36)
-- next
CREATE INDEX "account_by_successor" ON "account" ("succeeded_by");
-- next
ALTER TABLE "session" ADD COLUMN "parked_at" BIGINT
-- next
ALTER TABLE "session" ADD COLUMN "phone_id" VARCHAR(36)
-- next
ALTER TABLE "session" ADD COLUMN "pin_hash" VARCHAR(200)
-- next
ALTER TABLE "session" ADD COLUMN "pin_misses" INT
-- next
ALTER TABLE "session" ADD COLUMN "revoked_why" VARCHAR(12)
-- next
CREATE INDEX "session_by_phone" ON "session" ("phone_id");
-- next
ALTER TABLE "account" ADD COLUMN "post" VARCHAR(40)
-- next
ALTER TABLE "edition" ADD COLUMN "turn" TEXT
-- next
ALTER TABLE "review" ADD COLUMN "step" VARCHAR(12)
-- next
ALTER TABLE "review" ADD COLUMN "notes" TEXT
-- next
CREATE TABLE "delivery" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "subject" VARCHAR(160) NOT NULL,
    "kind" VARCHAR(20) NOT NULL,
    "channel" VARCHAR(12) NOT NULL,
    "recipient" VARCHAR(36) NOT NULL,
    "message" TEXT NOT NULL,
    "state" VARCHAR(12) NOT NULL,
    "attempts" INT NOT NULL,
    "next_at" BIGINT NOT NULL,
    "expires_at" BIGINT NOT NULL,
    "claim" VARCHAR(36),
    "why" VARCHAR(24),
    "code" INT,
    "created_at" BIGINT NOT NULL,
    "settled_at" BIGINT,
    CONSTRAINT "uid_delivery_subject_ef7cf9" UNIQUE ("subject", "kind", "channel", "recipient")
);
CREATE INDEX "delivery_by_state" ON "delivery" ("state", "next_at");
CREATE INDEX "delivery_by_recipient" ON "delivery" ("recipient", "created_at");
COMMENT ON TABLE "delivery" IS 'One message to one recipient: the four unique columns are why it goes out once.';
-- next
CREATE TABLE "push_subscription" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "endpoint" VARCHAR(1000) NOT NULL,
    "endpoint_hash" VARCHAR(64) NOT NULL,
    "p256dh" VARCHAR(100) NOT NULL,
    "auth" VARCHAR(40) NOT NULL,
    "lang" VARCHAR(2) NOT NULL,
    "created_at" BIGINT NOT NULL,
    "removed_at" BIGINT,
    "account_id" VARCHAR(36) NOT NULL REFERENCES "account" ("id") ON DELETE RESTRICT,
    "session_id" VARCHAR(36) NOT NULL REFERENCES "session" ("id") ON DELETE RESTRICT
);
CREATE INDEX "push_subscription_by_session" ON "push_subscription" ("session_id");
CREATE INDEX "push_subscription_by_endpoint" ON "push_subscription" ("endpoint_hash");
COMMENT ON TABLE "push_subscription" IS 'A signed-in device that wants reminders: it ends with its session.';
-- next
CREATE TABLE "webhook" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "name" VARCHAR(60) NOT NULL,
    "robot" VARCHAR(12) NOT NULL,
    "address" VARCHAR(1000) NOT NULL,
    "secret" VARCHAR(200),
    "created_by" VARCHAR(36) NOT NULL,
    "created_at" BIGINT NOT NULL,
    "removed_at" BIGINT
);
CREATE INDEX "webhook_by_division" ON "webhook" ("division");
COMMENT ON TABLE "webhook" IS 'A chat group''s robot that gets a division''s reminders: the address is a secret and is never shown whole.';
-- next
ALTER TABLE "review" ADD COLUMN "post" VARCHAR(40)
-- next
ALTER TABLE "edition" ADD COLUMN "urgent_reason" TEXT
-- next
ALTER TABLE "edition" ADD COLUMN "reviewed_at" BIGINT
-- next
ALTER TABLE "edition" ADD COLUMN "objection" TEXT
-- next
CREATE TABLE "search_record" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "disclosure_id" VARCHAR(36) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "category" VARCHAR(60) NOT NULL,
    "period_key" VARCHAR(40) NOT NULL,
    "pointer" VARCHAR(200) NOT NULL,
    "text" TEXT NOT NULL,
    "edition_id" VARCHAR(36) NOT NULL REFERENCES "edition" ("id") ON DELETE RESTRICT
);
CREATE INDEX "search_record_by_edition" ON "search_record" ("edition_id");
COMMENT ON TABLE "search_record" IS 'A piece of text of an edition, as it stands there, and where: an empty pointer is the title.';
-- next
CREATE TABLE search_words (id BIGINT PRIMARY KEY, words TEXT[] NOT NULL)
-- next
CREATE INDEX search_words_by_word ON search_words USING gin (words)
-- next
CREATE TABLE "short_link" (
    "signs" VARCHAR(7) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "disclosure_id" VARCHAR(36) NOT NULL REFERENCES "disclosure" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_short_link_disclos_929456" UNIQUE ("disclosure_id")
);
COMMENT ON TABLE "short_link" IS 'Seven signs that name a disclosure for good, whatever becomes of it.';
-- next
CREATE TABLE "inquiry" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "year" INT NOT NULL,
    "number" INT NOT NULL,
    "kind" VARCHAR(12) NOT NULL,
    "text" TEXT NOT NULL,
    "respondent" VARCHAR(12) NOT NULL,
    "disclosure_id" VARCHAR(36),
    "pointer" VARCHAR(200),
    "line" VARCHAR(200),
    "content_hash" VARCHAR(71) NOT NULL,
    "follow_hash" VARCHAR(64) NOT NULL UNIQUE,
    "proved" BOOL NOT NULL,
    "state" VARCHAR(12) NOT NULL,
    "asked_at" BIGINT NOT NULL,
    "clock_from" BIGINT NOT NULL,
    "shown_text" TEXT,
    "refused_reason" TEXT,
    "joined_at" BIGINT,
    "published_at" BIGINT,
    "revision" INT NOT NULL,
    CONSTRAINT "uid_inquiry_divisio_eca046" UNIQUE ("division", "year", "number")
);
CREATE INDEX "inquiry_by_division" ON "inquiry" ("division", "state");
CREATE INDEX "inquiry_by_disclosure" ON "inquiry" ("disclosure_id");
COMMENT ON TABLE "inquiry" IS 'Something a villager asked: nothing in this row says who, and of the private link only a hash is kept.';
-- next
CREATE TABLE "inquiry_answer" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "text" TEXT NOT NULL,
    "takes_up" BOOL,
    "answered_by" VARCHAR(36) NOT NULL,
    "answered_by_name" VARCHAR(60) NOT NULL,
    "answered_at" BIGINT NOT NULL,
    "decision" VARCHAR(12),
    "decided_by" VARCHAR(36),
    "decided_by_name" VARCHAR(60),
    "decided_at" BIGINT,
    "reason" TEXT,
    "inquiry_id" VARCHAR(36) NOT NULL REFERENCES "inquiry" ("id") ON DELETE RESTRICT
);
CREATE INDEX "inquiry_answer_by_inquiry" ON "inquiry_answer" ("inquiry_id");
COMMENT ON TABLE "inquiry_answer" IS 'An answer to an inquiry, and its review.';
-- next
CREATE TABLE "inquiry_contact" (
    "inquiry_id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "contact" VARCHAR(60) NOT NULL
);
COMMENT ON TABLE "inquiry_contact" IS 'How whoever asked can be reached, apart from what was asked: for people at work alone.';
-- next
CREATE TABLE "inquiry_signature" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "device" VARCHAR(32) NOT NULL,
    "signed_at" BIGINT NOT NULL,
    "inquiry_id" VARCHAR(36) NOT NULL REFERENCES "inquiry" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_inquiry_sig_inquiry_52e067" UNIQUE ("inquiry_id", "device")
);
COMMENT ON TABLE "inquiry_signature" IS 'One device''s signature under a topic: its mark is another one under each topic.';
-- next
CREATE TABLE "spent_proof" (
    "nonce" VARCHAR(32) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "until" BIGINT NOT NULL
);
CREATE INDEX "spent_proof_by_end" ON "spent_proof" ("until");
COMMENT ON TABLE "spent_proof" IS 'A challenge that was solved and used, forgotten once it would be worth nothing anyway.';
-- next
CREATE TABLE "search_name" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "name" VARCHAR(40) NOT NULL,
    "initials" VARCHAR(400) NOT NULL,
    CONSTRAINT "uid_search_name_county_87528d" UNIQUE ("county", "name")
);
COMMENT ON TABLE "search_name" IS 'A name that stands in records of a county, once, and its pinyin initials in every likely reading.';
-- next
CREATE TABLE "query_point" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "name" VARCHAR(60) NOT NULL,
    "place" VARCHAR(120) NOT NULL,
    "kind" VARCHAR(8) NOT NULL,
    "volume" INT NOT NULL,
    "code_mark" VARCHAR(64)  UNIQUE,
    "code_expires_at" BIGINT,
    "code_used_at" BIGINT,
    "key_id" VARCHAR(36),
    "created_by" VARCHAR(36) NOT NULL,
    "created_at" BIGINT NOT NULL,
    "paired_at" BIGINT,
    "heard_at" BIGINT,
    "retired_at" BIGINT
);
CREATE INDEX "query_point_by_division" ON "query_point" ("division");
COMMENT ON TABLE "query_point" IS 'A kiosk or a screen in a public place. Its newest pairing code is kept as a mark that only the site''s key can make.';
-- next
CREATE TABLE "query_point_day" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "day" VARCHAR(10) NOT NULL,
    "heard" VARCHAR(36) NOT NULL,
    "claimed" VARCHAR(36) NOT NULL,
    "point_id" VARCHAR(36) NOT NULL REFERENCES "query_point" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_query_point_point_i_9c69c9" UNIQUE ("point_id", "day")
);
COMMENT ON TABLE "query_point_day" IS 'A day of a point, 144 bits each as hex: in which ten minutes it was heard, or said later that it ran.';
-- next
CREATE TABLE "query_point_heartbeat" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "key_id" VARCHAR(36) NOT NULL,
    "slot" BIGINT NOT NULL,
    "received_at" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,
    "seq" BIGINT NOT NULL,
    "on_screen" VARCHAR(200) NOT NULL,
    "contents_as_of" BIGINT,
    "skew_ms" BIGINT NOT NULL,
    "battery" INT,
    "charging" BOOL,
    "network" VARCHAR(12) NOT NULL,
    "version" VARCHAR(40) NOT NULL,
    "point_id" VARCHAR(36) NOT NULL REFERENCES "query_point" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_query_point_point_i_712599" UNIQUE ("point_id", "slot")
);
CREATE INDEX "query_point_heartbeat_by_slot" ON "query_point_heartbeat" ("slot");
COMMENT ON TABLE "query_point_heartbeat" IS 'The newest heartbeat of a point in each ten minutes.';
-- next
CREATE TABLE "query_point_key" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "public_key" VARCHAR(100) NOT NULL UNIQUE,
    "seq" BIGINT NOT NULL,
    "paired_at" BIGINT NOT NULL,
    "replaced_at" BIGINT,
    "point_id" VARCHAR(36) NOT NULL REFERENCES "query_point" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "query_point_key" IS 'The public key of a device, and the number of its newest heartbeat. A key is paired once, ever.';
-- next
CREATE TABLE "rating" (
    "device" VARCHAR(32) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "sent_id" VARCHAR(36) NOT NULL,
    "said" VARCHAR(5) NOT NULL,
    "edition" INT NOT NULL,
    "proved" BOOL NOT NULL,
    "rated_at" BIGINT NOT NULL,
    "disclosure_id" VARCHAR(36) NOT NULL REFERENCES "disclosure" ("id") ON DELETE RESTRICT
);
CREATE INDEX "rating_by_disclosure" ON "rating" ("disclosure_id");
COMMENT ON TABLE "rating" IS 'One device''s rating of one notice, as last changed: its mark is another one under each notice.';
-- next
CREATE TABLE "subscriber" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "about" VARCHAR(36) NOT NULL,
    "device" VARCHAR(64) NOT NULL,
    "endpoint" VARCHAR(1000) NOT NULL,
    "p256dh" VARCHAR(100) NOT NULL,
    "auth" VARCHAR(40) NOT NULL,
    "lang" VARCHAR(2) NOT NULL,
    "notices" BOOL NOT NULL,
    "categories" TEXT NOT NULL,
    "missing" BOOL NOT NULL,
    CONSTRAINT "uid_subscriber_device_c88f06" UNIQUE ("device", "division", "about")
);
CREATE INDEX "subscriber_by_division" ON "subscriber" ("division", "about", "id");
CREATE INDEX "subscriber_by_inquiry" ON "subscriber" ("about");
COMMENT ON TABLE "subscriber" IS 'A device that wants news of a village or of one inquiry: where to send, what of, in which language, and no more.';
-- next
CREATE TABLE "announcement" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "subject" VARCHAR(160) NOT NULL UNIQUE,
    "kind" VARCHAR(20) NOT NULL,
    "category" VARCHAR(64) NOT NULL,
    "about" VARCHAR(36) NOT NULL,
    "words" TEXT NOT NULL,
    "facts" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "expires_at" BIGINT NOT NULL,
    "told_to" VARCHAR(36) NOT NULL,
    "told" INT NOT NULL,
    "done_at" BIGINT
);
CREATE INDEX "announcement_by_state" ON "announcement" ("done_at", "at");
COMMENT ON TABLE "announcement" IS 'Something that became public and is told once: how far it has been told to whom is in the same row.';
-- next
CREATE INDEX "edition_by_opening" ON "edition" ("opens_at");
-- next
ALTER TABLE "webhook" ADD COLUMN "stopped_at" BIGINT
-- next
ALTER TABLE "webhook" ADD COLUMN "stopped_why" VARCHAR(24)
-- next
CREATE TABLE "payment_list" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "category" VARCHAR(60) NOT NULL,
    "period_key" VARCHAR(40) NOT NULL,
    "purpose" VARCHAR(60) NOT NULL,
    "paid_on" VARCHAR(10) NOT NULL,
    "rows" INT NOT NULL,
    "unasked" INT NOT NULL,
    "total" BIGINT NOT NULL,
    "key" VARCHAR(20) NOT NULL,
    "fingerprint" VARCHAR(64) NOT NULL,
    "loaded_by" VARCHAR(36) NOT NULL,
    "loaded_by_name" VARCHAR(60) NOT NULL,
    "loaded_at" BIGINT NOT NULL,
    "revision" INT NOT NULL,
    "removed_at" BIGINT,
    CONSTRAINT "uid_payment_lis_divisio_cebc4d" UNIQUE ("division", "category", "period_key")
);
COMMENT ON TABLE "payment_list" IS 'A list of payments, one for a village, a category and a period.';
-- next
CREATE TABLE "payment" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "row" INT NOT NULL,
    "mark" VARCHAR(64),
    "amount" BIGINT NOT NULL,
    "purpose" VARCHAR(60) NOT NULL,
    "paid_on" VARCHAR(10) NOT NULL,
    "said" BOOL,
    "said_at" BIGINT,
    "removed_at" BIGINT,
    "list_id" VARCHAR(36) NOT NULL REFERENCES "payment_list" ("id") ON DELETE RESTRICT
);
CREATE INDEX "payment_by_mark" ON "payment" ("mark");
CREATE INDEX "payment_by_list" ON "payment" ("list_id", "row");
COMMENT ON TABLE "payment" IS 'One payment: a mark stands for whoever receives it, and `said` for whether they say that it came.';
-- next
CREATE TABLE "household_attempt" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "at" BIGINT NOT NULL,
    "outcome" VARCHAR(8) NOT NULL
);
CREATE INDEX "household_attempt_by_division" ON "household_attempt" ("division", "at");
CREATE INDEX "household_attempt_by_age" ON "household_attempt" ("at");
COMMENT ON TABLE "household_attempt" IS 'Somebody asked for a household''s payments: when, in which village, and whether anything was found.';
-- next
CREATE TABLE "inquiry_photo" (
    "id" VARCHAR(32) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "inquiry_id" VARCHAR(36) NOT NULL,
    "sha256" VARCHAR(64) NOT NULL,
    "width" INT NOT NULL,
    "height" INT NOT NULL,
    "arrived" BOOL NOT NULL,
    "position" INT NOT NULL,
    "shown" BOOL NOT NULL,
    "kept_until" BIGINT
);
CREATE INDEX "inquiry_photo_by_inquiry" ON "inquiry_photo" ("inquiry_id");
CREATE INDEX "inquiry_photo_by_end" ON "inquiry_photo" ("kept_until");
COMMENT ON TABLE "inquiry_photo" IS 'A photo that was sent for an inquiry: until it is named its row says how long it waits, and then its place.';
-- next
ALTER TABLE "household_attempt" ADD COLUMN "many" INT NOT NULL DEFAULT 1
-- next
ALTER TABLE "account" ADD COLUMN "starts_at" BIGINT
-- next
ALTER TABLE "account" ADD COLUMN "ends_at" BIGINT
-- next
CREATE TABLE "matter" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "name" VARCHAR(60) NOT NULL,
    "created_at" BIGINT NOT NULL,
    "created_by" VARCHAR(36) NOT NULL
);
CREATE INDEX "matter_by_division" ON "matter" ("division");
COMMENT ON TABLE "matter" IS 'One thing that a village''s notices tell of.';
-- next
CREATE TABLE "matter_link" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "phase" VARCHAR(8) NOT NULL,
    "linked_at" BIGINT NOT NULL,
    "linked_by" VARCHAR(36) NOT NULL,
    "removed_at" BIGINT,
    "disclosure_id" VARCHAR(36) NOT NULL REFERENCES "disclosure" ("id") ON DELETE RESTRICT,
    "matter_id" VARCHAR(36) NOT NULL REFERENCES "matter" ("id") ON DELETE RESTRICT
);
CREATE INDEX "matter_link_by_matter" ON "matter_link" ("matter_id");
CREATE INDEX "matter_link_by_disclosure" ON "matter_link" ("disclosure_id");
COMMENT ON TABLE "matter_link" IS 'A notice''s place in a matter, before, during or after: a removed one keeps its row.';
-- next
ALTER TABLE "matter" ADD COLUMN "revision" INT NOT NULL DEFAULT 1
-- next
ALTER TABLE "inquiry" ADD COLUMN "subject" VARCHAR(12)
-- next
ALTER TABLE "inquiry" ADD COLUMN "about" VARCHAR(12)
-- next
ALTER TABLE "inquiry" ADD COLUMN "accepted_at" BIGINT
-- next
ALTER TABLE "inquiry" ADD COLUMN "accepted_by_name" VARCHAR(60)
-- next
ALTER TABLE "inquiry" ADD COLUMN "refused_ground" VARCHAR(64)
-- next
ALTER TABLE "inquiry" ADD COLUMN "turn_to" TEXT
-- next
ALTER TABLE "inquiry" ADD COLUMN "refused_at" BIGINT
-- next
ALTER TABLE "inquiry" ADD COLUMN "referred_to" VARCHAR(12)
-- next
ALTER TABLE "inquiry" ADD COLUMN "extended_by" INT
-- next
ALTER TABLE "inquiry" ADD COLUMN "extension_reason" TEXT
-- next
ALTER TABLE "inquiry" ADD COLUMN "extended_at" BIGINT
-- next
ALTER TABLE "inquiry" ADD COLUMN "reopened_at" BIGINT
-- next
CREATE TABLE "inquiry_referral" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "office" VARCHAR(12) NOT NULL,
    "name" VARCHAR(60) NOT NULL,
    "note" TEXT NOT NULL,
    "due_on" VARCHAR(10) NOT NULL,
    "referred_by_name" VARCHAR(60) NOT NULL,
    "referred_at" BIGINT NOT NULL,
    "outcome" VARCHAR(12),
    "report" TEXT,
    "ended_by_name" VARCHAR(60),
    "ended_at" BIGINT,
    "inquiry_id" VARCHAR(36) NOT NULL REFERENCES "inquiry" ("id") ON DELETE RESTRICT
);
CREATE INDEX "inquiry_referral_by_inquiry" ON "inquiry_referral" ("inquiry_id");
COMMENT ON TABLE "inquiry_referral" IS 'An inquiry handed to an office until a day, and what came of it.';
-- next
CREATE TABLE "inquiry_satisfaction" (
    "id" VARCHAR(40) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "round" INT NOT NULL,
    "rating" VARCHAR(12) NOT NULL,
    "words" TEXT,
    "rated_at" BIGINT NOT NULL,
    "inquiry_id" VARCHAR(36) NOT NULL REFERENCES "inquiry" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_inquiry_sat_inquiry_53de8b" UNIQUE ("inquiry_id", "round")
);
COMMENT ON TABLE "inquiry_satisfaction" IS 'How whoever asked received an answer: one row for each answer that they rated, named after both.';
-- next
ALTER TABLE "account" ADD COLUMN "revision" INT NOT NULL DEFAULT 1
-- next
ALTER TABLE "passkey" ADD COLUMN "revision" INT NOT NULL DEFAULT 1
-- next
ALTER TABLE "query_point" ADD COLUMN "revision" INT NOT NULL DEFAULT 1
-- next
DROP TABLE "search_record" CASCADE
-- next
CREATE TABLE "search_filing" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "disclosure_id" VARCHAR(36) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "category" VARCHAR(60) NOT NULL,
    "period_key" VARCHAR(40) NOT NULL,
    "period_end" VARCHAR(10) NOT NULL,
    "event_on" VARCHAR(10),
    "opens_at" BIGINT NOT NULL,
    "edition_id" VARCHAR(36) NOT NULL REFERENCES "edition" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_search_fili_edition_83371d" UNIQUE ("edition_id")
);
CREATE INDEX "search_filing_by_division" ON "search_filing" ("division");
COMMENT ON TABLE "search_filing" IS 'An edition of which something may be found, and what it belongs to, under the id of its first record.';
-- next
CREATE TABLE "search_record" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "filing" BIGINT NOT NULL,
    "pointer" VARCHAR(200) NOT NULL,
    "text" TEXT NOT NULL
);
COMMENT ON TABLE "search_record" IS 'A piece of text of an edition, as it stands there, and where: an empty pointer is the title.';
-- next
CREATE INDEX "edition_moments" ON "edition" ("disclosure_id", "number", "state", "opens_at", "comes_down_at", "superseded_at", "withdrawn_at", "id");
-- next
DELETE FROM search_name
-- next
DELETE FROM installation WHERE key = 'search'
-- next
DELETE FROM search_words
-- next
ALTER INDEX search_words_by_word SET (gin_pending_list_limit = 256)
-- next
CREATE TABLE search_name_words (id BIGINT PRIMARY KEY, words TEXT[] NOT NULL)
-- next
CREATE INDEX search_name_words_by_word ON search_name_words USING gin (words) WITH (gin_pending_list_limit = 256)
-- next
CREATE TABLE "tally" (
    "id" VARCHAR(16) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "year" INT NOT NULL,
    "shape" VARCHAR(32) NOT NULL,
    "signs" TEXT NOT NULL,
    "judged_at" BIGINT NOT NULL,
    "holds_until" BIGINT,
    "version" BIGINT NOT NULL,
    "rules" VARCHAR(32) NOT NULL
);
CREATE INDEX "tally_by_division" ON "tally" ("division", "year");
COMMENT ON TABLE "tally" IS 'A village''s year, a sign per obligation: good for one version of the village and one rulebook, until the clock changes it.';
-- next
CREATE TABLE "tally_shape" (
    "id" VARCHAR(32) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "columns" TEXT NOT NULL
);
COMMENT ON TABLE "tally_shape" IS 'What the signs of some tallies are about, column by column: kept once under its hash.';
-- next
CREATE TABLE "draw" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "kind" VARCHAR(12) NOT NULL,
    "purpose" VARCHAR(60) NOT NULL,
    "first_day" VARCHAR(10) NOT NULL,
    "last_day" VARCHAR(10) NOT NULL,
    "share_permille" INT NOT NULL,
    "detect_permille" INT NOT NULL,
    "population" TEXT NOT NULL,
    "size" INT NOT NULL,
    "record_lines" INT NOT NULL,
    "seed" VARCHAR(64) NOT NULL,
    "drawn_by" VARCHAR(36) NOT NULL,
    "drawn_by_name" VARCHAR(60) NOT NULL,
    "drawn_at" BIGINT NOT NULL
);
CREATE INDEX "draw_by_division" ON "draw" ("division", "drawn_at");
COMMENT ON TABLE "draw" IS 'A list drawn for spot checks: with the items it was drawn from, so that anyone can draw it again.';
-- next
CREATE TABLE "inspection" (
    "id" VARCHAR(44) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "rank" INT NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "item" VARCHAR(36) NOT NULL,
    "ticket" VARCHAR(64) NOT NULL,
    "published" VARCHAR(8),
    "accurate" VARCHAR(8),
    "complete" VARCHAR(8),
    "timely" VARCHAR(8),
    "note" TEXT,
    "asked" INT,
    "knew" INT,
    "satisfied" INT,
    "composed_at" BIGINT,
    "received_at" BIGINT,
    "visited_by" VARCHAR(36),
    "visited_by_name" VARCHAR(60),
    "draw_id" VARCHAR(36) NOT NULL REFERENCES "draw" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_inspection_draw_id_95d868" UNIQUE ("draw_id", "rank")
);
CREATE INDEX "inspection_by_division" ON "inspection" ("division", "received_at");
COMMENT ON TABLE "inspection" IS 'One drawn item, named after its draw and its place in it: what was found stands here once somebody was there.';
-- next
CREATE TABLE "inspection_photo" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "position" INT NOT NULL,
    "inspection_id" VARCHAR(44) NOT NULL REFERENCES "inspection" ("id") ON DELETE RESTRICT,
    "photo_id" VARCHAR(64) NOT NULL REFERENCES "photo" ("sha256") ON DELETE RESTRICT,
    CONSTRAINT "uid_inspection__inspect_a11562" UNIQUE ("inspection_id", "position")
);
COMMENT ON TABLE "inspection_photo" IS 'A photo of a visit, in its order.';
-- next
CREATE TABLE "rectification" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "disclosure_id" VARCHAR(36),
    "finding" TEXT NOT NULL,
    "demand" TEXT NOT NULL,
    "measure" VARCHAR(64) NOT NULL,
    "measure_zh" VARCHAR(120) NOT NULL,
    "measure_en" VARCHAR(120) NOT NULL,
    "due_on" VARCHAR(10) NOT NULL,
    "ordered_by" VARCHAR(36) NOT NULL,
    "ordered_by_name" VARCHAR(60) NOT NULL,
    "ordered_at" BIGINT NOT NULL,
    "state" VARCHAR(12) NOT NULL,
    "level" VARCHAR(12) NOT NULL,
    "proved_at" BIGINT,
    "closed_at" BIGINT,
    "recovered" BIGINT NOT NULL,
    "revision" INT NOT NULL,
    "inspection_id" VARCHAR(44) REFERENCES "inspection" ("id") ON DELETE RESTRICT
);
CREATE INDEX "rectification_by_division" ON "rectification" ("division", "ordered_at");
CREATE INDEX "rectification_by_inspection" ON "rectification" ("inspection_id");
COMMENT ON TABLE "rectification" IS 'What a village is to put right until a day, and how it stands.';
-- next
CREATE TABLE "rectification_step" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "kind" VARCHAR(12) NOT NULL,
    "words" TEXT NOT NULL,
    "disclosure_id" VARCHAR(36),
    "measure" VARCHAR(64),
    "measure_zh" VARCHAR(120),
    "measure_en" VARCHAR(120),
    "due_on" VARCHAR(10),
    "recovered" BIGINT,
    "by" VARCHAR(36) NOT NULL,
    "by_name" VARCHAR(60) NOT NULL,
    "at" BIGINT NOT NULL,
    "rectification_id" VARCHAR(36) NOT NULL REFERENCES "rectification" ("id") ON DELETE RESTRICT
);
CREATE INDEX "rectification_step_by_order" ON "rectification_step" ("rectification_id");
COMMENT ON TABLE "rectification_step" IS 'What happened to an order: proof, return, escalation, closure. None is ever changed.';
-- next
CREATE TABLE "rectification_photo" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "position" INT NOT NULL,
    "photo_id" VARCHAR(64) NOT NULL REFERENCES "photo" ("sha256") ON DELETE RESTRICT,
    "step_id" VARCHAR(36) NOT NULL REFERENCES "rectification_step" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_rectificati_step_id_3d3b0f" UNIQUE ("step_id", "position")
);
COMMENT ON TABLE "rectification_photo" IS 'A photo of a proof, in its order.';
-- next
ALTER TABLE "payment_list" ADD COLUMN "delay_cause" VARCHAR(20)
-- next
ALTER TABLE "payment_list" ADD COLUMN "delay_words" VARCHAR(200)
-- next
CREATE TABLE "page_view" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "day" VARCHAR(10) NOT NULL,
    "kind" VARCHAR(8) NOT NULL,
    "views" BIGINT NOT NULL,
    CONSTRAINT "uid_page_view_divisio_8d1dd8" UNIQUE ("division", "day", "kind")
);
COMMENT ON TABLE "page_view" IS 'How often a kind of a village''s pages was opened on a day: a number, and nothing of who opened it.';
-- next
CREATE TABLE "outreach" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "kind" VARCHAR(12) NOT NULL,
    "stage" VARCHAR(8) NOT NULL,
    "first_day" VARCHAR(10) NOT NULL,
    "last_day" VARCHAR(10) NOT NULL,
    "from_time" VARCHAR(5),
    "until_time" VARCHAR(5),
    "place" VARCHAR(60) NOT NULL,
    "households" INT,
    "people" INT,
    "counted_by" VARCHAR(60) NOT NULL,
    "note" TEXT NOT NULL,
    "recorded_by" VARCHAR(36) NOT NULL,
    "recorded_by_name" VARCHAR(60) NOT NULL,
    "recorded_at" BIGINT NOT NULL,
    "replaces" VARCHAR(36),
    CONSTRAINT "uid_outreach_replace_c8631a" UNIQUE ("replaces")
);
CREATE INDEX "outreach_by_division" ON "outreach" ("division", "recorded_at");
COMMENT ON TABLE "outreach" IS 'A letter, a broadcast, a visiting day: written once, replaced by a later record and never changed.';
-- next
CREATE TABLE "outreach_reach" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "village_groups" TEXT NOT NULL,
    "groups_total" INT,
    "outreach_id" VARCHAR(36) NOT NULL REFERENCES "outreach" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_outreach_re_outreac_ee31e5" UNIQUE ("outreach_id", "division")
);
CREATE INDEX "outreach_reach_by_division" ON "outreach_reach" ("division");
COMMENT ON TABLE "outreach_reach" IS 'A village that a record says was reached: all of it, or some of its groups, one a line.';
-- next
CREATE TABLE "outreach_notice" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "position" INT NOT NULL,
    "disclosure_id" VARCHAR(36) NOT NULL REFERENCES "disclosure" ("id") ON DELETE RESTRICT,
    "outreach_id" VARCHAR(36) NOT NULL REFERENCES "outreach" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_outreach_no_outreac_64d490" UNIQUE ("outreach_id", "position")
);
COMMENT ON TABLE "outreach_notice" IS 'A notice that a record tells of, in its order.';
-- next
CREATE TABLE "ledger_import" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "category" VARCHAR(64) NOT NULL,
    "payments" BOOL NOT NULL,
    "name" VARCHAR(120) NOT NULL,
    "digest" VARCHAR(64) NOT NULL,
    "file_mark" VARCHAR(64) NOT NULL,
    "rows" INT NOT NULL,
    "villages" INT NOT NULL,
    "total" BIGINT,
    "warnings" INT NOT NULL,
    "loaded_by" VARCHAR(36) NOT NULL,
    "loaded_by_name" VARCHAR(60) NOT NULL,
    "loaded_at" BIGINT NOT NULL,
    CONSTRAINT "uid_ledger_impo_divisio_59377f" UNIQUE ("division", "digest")
);
CREATE INDEX "ledger_import_by_division" ON "ledger_import" ("division", "loaded_at");
COMMENT ON TABLE "ledger_import" IS 'A township''s file that was imported whole, once.';
-- next
CREATE TABLE "ledger_part" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "category" VARCHAR(64) NOT NULL,
    "version" INT NOT NULL,
    "rows" INT NOT NULL,
    "total" BIGINT,
    "content" TEXT,
    "list_id" VARCHAR(36),
    "loaded_at" BIGINT NOT NULL,
    "imported_id" VARCHAR(36) NOT NULL REFERENCES "ledger_import" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_ledger_part_importe_eeca69" UNIQUE ("imported_id", "division")
);
CREATE INDEX "ledger_part_by_division" ON "ledger_part" ("division", "category", "loaded_at");
COMMENT ON TABLE "ledger_part" IS 'What one village got of an import: a content for its next notice, or a list of payments.';
-- next
CREATE TABLE "ledger_matching" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "kind" VARCHAR(80) NOT NULL,
    "heads" VARCHAR(64) NOT NULL,
    "table_key" VARCHAR(200) NOT NULL,
    "columns" TEXT NOT NULL,
    "unit" VARCHAR(4) NOT NULL,
    "kept_by_name" VARCHAR(60) NOT NULL,
    "kept_at" BIGINT NOT NULL,
    CONSTRAINT "uid_ledger_matc_divisio_aa234b" UNIQUE ("division", "kind", "heads")
);
COMMENT ON TABLE "ledger_matching" IS 'Which column is which under certain headings, as somebody of a township said: nobody there is asked again.';
-- next
CREATE TABLE "account_batch" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "made_by" VARCHAR(36) NOT NULL,
    "made_at" BIGINT NOT NULL,
    "digest" VARCHAR(71) NOT NULL,
    "members" TEXT NOT NULL
);
CREATE INDEX "account_batch_by_division" ON "account_batch" ("division", "made_at");
COMMENT ON TABLE "account_batch" IS 'Accounts that were made from one sheet: sending it twice makes them once.';
-- next
ALTER TABLE "policy" ADD COLUMN "recorded_by" VARCHAR(36)
-- next
ALTER TABLE "policy" ADD COLUMN "reason" VARCHAR(400)
-- next
ALTER TABLE "policy" ADD COLUMN "because" VARCHAR(120)
-- next
ALTER TABLE "policy" ADD COLUMN "taken_back" BOOL
-- next
ALTER TABLE "exemption" ADD COLUMN "due_on" VARCHAR(10)
-- next
ALTER TABLE "exemption" ADD COLUMN "asked_by" VARCHAR(36)
-- next
ALTER TABLE "exemption" ADD COLUMN "asked_by_name" VARCHAR(60)
-- next
ALTER TABLE "exemption" ADD COLUMN "state" VARCHAR(12) NOT NULL DEFAULT 'approved'
-- next
ALTER TABLE "exemption" ADD COLUMN "decided_by" VARCHAR(36)
-- next
ALTER TABLE "exemption" ADD COLUMN "post_zh" VARCHAR(120)
-- next
ALTER TABLE "exemption" ADD COLUMN "post_en" VARCHAR(120)
-- next
ALTER TABLE "exemption" ADD COLUMN "decided_at" BIGINT
-- next
ALTER TABLE "exemption" ADD COLUMN "decision" TEXT
-- next
ALTER TABLE "exemption" ADD COLUMN "ended_at" BIGINT
-- next
ALTER TABLE "exemption" ADD COLUMN "ended_by_name" VARCHAR(60)
-- next
ALTER TABLE "exemption" ADD COLUMN "ended_post_zh" VARCHAR(120)
-- next
ALTER TABLE "exemption" ADD COLUMN "ended_post_en" VARCHAR(120)
-- next
ALTER TABLE "exemption" ADD COLUMN "ended_reason" TEXT
-- next
ALTER TABLE "exemption" ADD COLUMN "revision" INT NOT NULL DEFAULT 1
-- next
ALTER TABLE "division" ADD COLUMN "successor" VARCHAR(12)
-- next
CREATE TABLE "site_notice" (
    "id" VARCHAR(36) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "division" VARCHAR(12) NOT NULL,
    "office" VARCHAR(12) NOT NULL,
    "title" VARCHAR(60) NOT NULL,
    "text" TEXT NOT NULL,
    "audience" VARCHAR(12) NOT NULL,
    "weight" VARCHAR(12) NOT NULL,
    "from_at" BIGINT NOT NULL,
    "until_at" BIGINT NOT NULL,
    "written_by" VARCHAR(36) NOT NULL,
    "written_by_name" VARCHAR(60) NOT NULL,
    "written_at" BIGINT NOT NULL,
    "changed_at" BIGINT,
    "ended_at" BIGINT,
    "ended_by_name" VARCHAR(60),
    "revision" INT NOT NULL DEFAULT 1
);
CREATE INDEX "site_notice_by_division" ON "site_notice" ("division", "until_at");
COMMENT ON TABLE "site_notice" IS 'What an office has to say to villagers or staff, from a moment until a moment.';
-- next
ALTER TABLE "division" ALTER COLUMN "code" TYPE VARCHAR(14)
-- next
ALTER TABLE "division" ALTER COLUMN "successor" TYPE VARCHAR(14)
-- next
ALTER TABLE "division_version" ALTER COLUMN "division" TYPE VARCHAR(14)
-- next
ALTER TABLE "disclosure" ALTER COLUMN "division" TYPE VARCHAR(14)
-- next
ALTER TABLE "edition" ALTER COLUMN "division" TYPE VARCHAR(14)
-- next
ALTER TABLE "photo" ALTER COLUMN "division" TYPE VARCHAR(14)
-- next
ALTER TABLE "photo_sending" ALTER COLUMN "division" TYPE VARCHAR(14)
-- next
ALTER TABLE "event" ALTER COLUMN "division" TYPE VARCHAR(14)
-- next
ALTER TABLE "occurrence" ALTER COLUMN "division" TYPE VARCHAR(14)
-- next
ALTER TABLE "commitment" ALTER COLUMN "division" TYPE VARCHAR(14)
-- next
ALTER TABLE "exemption" ALTER COLUMN "division" TYPE VARCHAR(14)
-- next
ALTER TABLE "matter" ALTER COLUMN "division" TYPE VARCHAR(14)
-- next
ALTER TABLE "search_filing" ALTER COLUMN "division" TYPE VARCHAR(14)
-- next
ALTER TABLE "delivery" ALTER COLUMN "division" TYPE VARCHAR(14)
-- next
ALTER TABLE "announcement" ALTER COLUMN "division" TYPE VARCHAR(14)
-- next
CREATE TABLE "outreach_photo" (
    "id" BIGSERIAL NOT NULL PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "position" INT NOT NULL,
    "outreach_id" VARCHAR(36) NOT NULL REFERENCES "outreach" ("id") ON DELETE RESTRICT,
    "photo_id" VARCHAR(64) NOT NULL REFERENCES "photo" ("sha256") ON DELETE RESTRICT,
    CONSTRAINT "uid_outreach_ph_outreac_8d673e" UNIQUE ("outreach_id", "position")
);
CREATE INDEX "outreach_photo_by_photo" ON "outreach_photo" ("photo_id");
COMMENT ON TABLE "outreach_photo" IS 'A photo of what was done, in its order.';
-- next
ALTER TABLE "tally" ALTER COLUMN "id" TYPE VARCHAR(18)
-- next
ALTER TABLE "tally" ALTER COLUMN "division" TYPE VARCHAR(14)
-- next
CREATE TABLE "office_phone" (
    "division" VARCHAR(12) NOT NULL  PRIMARY KEY,
    "county" VARCHAR(6) NOT NULL,
    "phone" VARCHAR(24) NOT NULL,
    "changed_at" BIGINT NOT NULL
);
COMMENT ON TABLE "office_phone" IS 'The telephone of an office, under the code of its division. Its events tell what it was before.';
