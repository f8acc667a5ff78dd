-- Every tenant row has organisation_id. Ids are UUIDv7 made by the program. Instants are timestamptz (UTC).

-- accounts ------------------------------------------------------------------------------------------------------------

create table organisation (
  id uuid primary key,
  parent_id uuid references organisation,
  name text not null check (length(name) between 1 and 200),
  locale text not null default 'en',
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  time_zone text not null default 'UTC',
  created_at timestamptz not null,
  retired_at timestamptz
);
create index on organisation (parent_id);

create table person (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  email text not null,
  name text not null,
  password_hash text not null,
  locale text,
  created_at timestamptz not null,
  retired_at timestamptz
);
create unique index person_email on person (lower(email));

-- Wrong passwords by account and by address; subjects are keyed hashes, so that unknown accounts are counted alike.
create table sign_in_delay (
  subject bytea primary key,
  failures int not null,
  failed_at timestamptz not null,
  locked_until timestamptz not null
);
create index on sign_in_delay (failed_at);

create table permission_grant (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  person_id uuid not null references person,
  permissions text[] not null,
  created_at timestamptz not null,
  unique (organisation_id, person_id)
);
create index on permission_grant (person_id);

create table browser_session (
  id uuid primary key,
  person_id uuid not null references person,
  token_hash bytea not null unique,
  csrf_token text not null,
  address text,
  user_agent text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index on browser_session (person_id);

create table api_token (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  name text not null,
  prefix text not null,
  token_hash bytea not null unique,
  permissions text[] not null,
  created_by uuid references person,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);

create table idempotency_key (
  actor_id uuid not null,
  key text not null check (length(key) between 1 and 200),
  request_hash bytea not null,
  status int,
  body jsonb,
  created_at timestamptz not null,
  primary key (actor_id, key)
);
create index on idempotency_key (created_at);

create table audit_entry (
  id uuid not null,
  at timestamptz not null,
  organisation_id uuid not null,
  actor_kind text not null,
  actor_id uuid,
  actor_name text not null,
  action text not null,
  object_kind text not null,
  object_id text not null,
  outcome text not null default 'done',
  details jsonb not null default '{}',
  address text,
  request_id text,
  primary key (id, at)
) partition by range (at);
create table audit_entry_default partition of audit_entry default;
create index on audit_entry (organisation_id, at desc);
create index on audit_entry (object_kind, object_id, at desc);

-- profiles ------------------------------------------------------------------------------------------------------------

create table profile (
  id uuid primary key,
  layout_no int generated always as identity unique,
  organisation_id uuid references organisation,
  key text not null,
  name text not null,
  created_at timestamptz not null,
  retired_at timestamptz
);
create unique index profile_key on profile (coalesce(organisation_id, '00000000-0000-0000-0000-000000000000'), key);

create table profile_version (
  id uuid primary key,
  profile_id uuid not null references profile,
  version int not null check (version > 0),
  state text not null check (state in ('draft', 'published', 'retired')),
  document jsonb not null,
  created_at timestamptz not null,
  published_at timestamptz,
  unique (profile_id, version)
);

create table slot (
  layout_no int not null references profile (layout_no),
  slot int not null check (slot between 1 and 4096),
  parameter text not null,
  module text not null default '',
  phase text not null default '',
  unit text not null default '',
  created_at timestamptz not null,
  primary key (layout_no, slot),
  unique (layout_no, parameter, module, phase)
);

-- stations ------------------------------------------------------------------------------------------------------------

create table site (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  name text not null,
  time_zone text not null default 'UTC',
  address text,
  latitude double precision,
  longitude double precision,
  created_at timestamptz not null,
  retired_at timestamptz
);
create index on site (organisation_id);

create table station (
  id uuid primary key,
  station_no int generated always as identity unique,
  organisation_id uuid not null references organisation,
  site_id uuid references site,
  identity text not null,
  protocol text not null default 'ocpp1.6',
  profile_version_id uuid not null references profile_version,
  admission text not null check (admission in ('pending', 'approved', 'suspended', 'revoked', 'retired')),
  access text not null default 'public' check (access in ('public', 'private', 'restricted')),
  owner_id uuid references person,
  name text,
  vendor text,
  model text,
  serial_number text,
  firmware_version text,
  boot jsonb,
  booted_at timestamptz,
  secret_hash bytea,
  revision int not null default 1,
  created_at timestamptz not null,
  approved_at timestamptz,
  approved_by uuid,
  retired_at timestamptz
);
create unique index station_identity on station (identity) where retired_at is null;
create index station_former on station (identity) where retired_at is not null;
create index on station (organisation_id, identity);
create index on station (site_id);
create extension if not exists pg_trgm;
create index station_search on station using gin ((identity || ' ' || coalesce(name, '') || ' ' || coalesce(vendor, '') || ' ' || coalesce(model, '') || ' ' || coalesce(serial_number, '')) gin_trgm_ops);

-- One row a station: hot, small, and updated in place.
create table station_presence (
  station_id uuid primary key references station,
  online boolean not null,
  epoch bigint not null default 0,
  connected_at timestamptz,
  last_message_at timestamptz,
  changed_at timestamptz not null,
  address text,
  gateway text,
  subprotocol text,
  offline_reason text
) with (fillfactor = 70);
create index on station_presence (online);

create table connector (
  station_id uuid not null references station,
  evse smallint not null,
  connector smallint not null,
  status text not null,
  error_code text not null default 'NoError',
  vendor_error_code text,
  info text,
  status_at timestamptz not null,
  received_at timestamptz not null,
  primary key (station_id, evse, connector)
) with (fillfactor = 70);

-- History of presence (evse null) and of each connector (connector 0 of evse 0 is the station itself).
create table status_change (
  id uuid primary key,
  organisation_id uuid not null,
  station_id uuid not null references station,
  evse smallint,
  connector smallint,
  at timestamptz not null,
  received_at timestamptz not null,
  status text not null,
  error_code text,
  vendor_error_code text,
  info text
);
create index on status_change (station_id, at desc);
create unique index status_change_once on status_change (station_id, coalesce(evse, -1), coalesce(connector, -1), at, status, coalesce(error_code, ''));

-- Identities that knocked without being on the list.
create table station_candidate (
  identity text primary key,
  organisation_id uuid references organisation,
  reason text not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  attempts bigint not null default 1,
  address text,
  subprotocols text[] not null default '{}',
  user_agent text,
  credentials text not null default 'none',
  boot jsonb,
  dismissed_at timestamptz
);
create index on station_candidate (last_seen_at desc);

create table onboarding_window (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  opened_by uuid,
  opened_at timestamptz not null,
  closes_at timestamptz not null
);

-- Desired beside reported, of any parameter that is no measurement (profiles owns the table; station_id is just a column to it).
create table parameter_value (
  station_id uuid not null,
  module text not null default '',
  evse smallint not null default 0,
  parameter text not null,
  desired text,
  desired_at timestamptz,
  desired_by text,
  reported text,
  reported_at timestamptz,
  read_only boolean,
  key text, -- the name the station itself uses
  state text not null default 'reported'
    check (state in ('reported', 'pending', 'in-step', 'rejected', 'unsupported', 'reboot-required', 'drifted')),
  error text,
  primary key (station_id, module, evse, parameter)
);
create index on parameter_value (state) where state in ('pending', 'drifted');

-- commands ------------------------------------------------------------------------------------------------------------

create table command (
  id uuid primary key,
  organisation_id uuid not null,
  station_id uuid not null references station,
  evse smallint,
  action text not null,
  arguments jsonb not null,
  actor_kind text not null,
  actor_id uuid,
  actor_name text not null,
  state text not null check (state in ('queued', 'sent', 'accepted', 'rejected', 'failed', 'timed-out', 'unknown', 'expired', 'observed')),
  read_only boolean not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  sent_at timestamptz,
  settled_at timestamptz,
  observed_at timestamptz,
  epoch bigint,
  answer jsonb,
  error text
);
create index on command (station_id, id desc);
create index on command (organisation_id, id desc);
create index command_open on command (station_id) where state in ('queued', 'sent');
create index command_expiry on command (expires_at) where state in ('queued', 'sent');

-- tokens --------------------------------------------------------------------------------------------------------------

create table token (
  id uuid primary key,
  organisation_id uuid not null references organisation,
  type text not null default 'ISO14443',
  uid text not null check (length(uid) between 1 and 36),
  label text,
  person_id uuid references person,
  parent_uid text,
  blocked_at timestamptz,
  expires_at timestamptz,
  created_at timestamptz not null,
  retired_at timestamptz
);
create unique index token_uid on token (organisation_id, type, upper(uid)) where retired_at is null;
create index token_lookup on token (upper(uid)) where retired_at is null;

-- sessions ------------------------------------------------------------------------------------------------------------

create table charging_session (
  id uuid primary key,
  organisation_id uuid not null,
  station_id uuid not null references station,
  station_no int not null,
  evse smallint,
  connector smallint,
  transaction_id text not null,
  start_key bytea not null,
  token_id uuid,
  token_uid text,
  authorization_status text not null default 'Accepted',
  state text not null check (state in ('active', 'ended')),
  started_at timestamptz not null,
  received_at timestamptz not null,
  ended_at timestamptz,
  meter_start_wh numeric,
  meter_last_wh numeric,
  meter_stop_wh numeric,
  meter_last_at timestamptz,
  interval_wh numeric not null default 0,
  energy_wh numeric,
  power_w double precision,
  power_at timestamptz,
  soc_percent double precision,
  soc_at timestamptz,
  stop_reason text,
  stop_token_uid text,
  ended_by text,
  command_id uuid,
  resumed_from uuid,
  problems text[] not null default '{}',
  raw jsonb,
  last_heard_at timestamptz not null
) with (fillfactor = 80);
create unique index session_transaction on charging_session (station_id, transaction_id);
create unique index session_start_key on charging_session (station_id, start_key);
create unique index session_active on charging_session (station_id, evse) where state = 'active';
create index on charging_session (organisation_id, started_at desc, id desc);
create index on charging_session (station_id, started_at desc, id desc);

-- What is uncommon in a session's life and worth telling: salvaged, resumed, zombie closed, meter stepped back.
create table session_note (
  id uuid primary key,
  session_id uuid not null references charging_session,
  at timestamptz not null,
  kind text not null,
  details jsonb not null default '{}'
);
create index on session_note (session_id, at);

-- Energy of single intervals, for stations that send no register: a repeat must not count twice.
create table session_interval (
  session_id uuid not null references charging_session,
  kind text not null check (kind in ('periodic', 'clock')),
  at timestamptz not null,
  energy_wh numeric not null,
  primary key (session_id, kind, at)
);

-- telemetry -----------------------------------------------------------------------------------------------------------

create table telemetry_tick (
  station_no int not null,
  evse smallint not null,
  layout_no int not null,
  ts timestamptz not null,
  vals double precision[] not null
) partition by range (ts);
create unique index telemetry_tick_key on telemetry_tick (station_no, evse, ts, layout_no);

create table telemetry_state (
  station_no int not null,
  evse smallint not null,
  parameter text not null,
  module text not null default '',
  ts timestamptz not null,
  value text
) partition by range (ts);
create unique index telemetry_state_key on telemetry_state (station_no, evse, parameter, module, ts);

-- The value each state has now, so that a repeat is dropped without a look into the history.
create table telemetry_state_latest (
  station_no int not null,
  evse smallint not null,
  parameter text not null,
  module text not null default '',
  ts timestamptz not null,
  value text,
  primary key (station_no, evse, parameter, module)
) with (fillfactor = 70);

-- slots, vals and times run side by side, ordered by slot, without holes; the two instants bound `times`.
create table telemetry_latest (
  station_no int not null,
  evse smallint not null,
  layout_no int not null,
  slots smallint[] not null,
  vals double precision[] not null,
  times timestamptz[] not null,
  oldest_at timestamptz not null,
  newest_at timestamptz not null,
  primary key (station_no, evse, layout_no)
) with (fillfactor = 60);

-- Two ticks of one instant, slot by slot; where both hold a value the second wins.
create function telemetry_merge(double precision[], double precision[]) returns double precision[]
language sql immutable parallel safe as $$
  select array_agg(coalesce(b, a) order by n) from unnest($1, $2) with ordinality u(a, b, n)
$$;

-- A mean of many; PostgreSQL raises an error where a quotient is too small for a double.
create function telemetry_mean(total double precision, n bigint) returns double precision
language sql immutable parallel safe as $$
  select case when n = 0 then null when abs(total) < 1e-290 then 0 else total / n end
$$;

-- Wide rollups, arrays by slot; bucket is the start. `lasts` are values at the bucket's end (registers), `counts` samples.
create table telemetry_rollup (
  station_no int not null,
  evse smallint not null,
  layout_no int not null,
  width_s int not null check (width_s in (60, 900)),
  bucket timestamptz not null,
  means double precision[] not null,
  mins double precision[] not null,
  maxs double precision[] not null,
  lasts double precision[] not null,
  counts int[] not null
) partition by range (bucket);
create unique index telemetry_rollup_key on telemetry_rollup (station_no, evse, width_s, bucket, layout_no);

create table telemetry_dirty (
  station_no int not null,
  evse smallint not null,
  bucket timestamptz not null,
  marked_at timestamptz not null,
  primary key (station_no, evse, bucket)
);
create index on telemetry_dirty (bucket);

create table telemetry_quarantine (
  id uuid primary key,
  organisation_id uuid,
  station_no int not null,
  evse smallint,
  received_at timestamptz not null,
  ts timestamptz,
  reason text not null,
  payload jsonb not null
);
create index on telemetry_quarantine (station_no, received_at desc);
create index on telemetry_quarantine (received_at);

-- traces --------------------------------------------------------------------------------------------------------------

create table protocol_frame (
  station_no int not null,
  at timestamptz not null,
  seq bigint not null,
  direction text not null check (direction in ('in', 'out')),
  kind text not null,
  message_id text,
  action text,
  payload text not null,
  size int not null,
  fault text
) partition by range (at);
create index on protocol_frame (station_no, at desc, seq desc);
