// Made by `npm run api` from the OpenAPI document; don't edit.
export interface paths {
    "/api/v1/api-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Tokens Of Programs
         * @description Living API tokens, newest first.
         */
        get: operations["list_tokens_of_programs"];
        put?: never;
        /**
         * Make Api Token
         * @description Make a token; its secret is in this answer and nowhere else.
         */
        post: operations["make_api_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke Token Of Program
         * @description End a token; the next request with it is refused, and its live streams close.
         */
        delete: operations["revoke_token_of_program"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Audit
         * @description Entries, newest first.
         */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/command-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Command Kinds
         * @description What can be asked of stations.
         */
        get: operations["list_command_kinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List All Commands
         * @description Commands of all stations one sees, the newest first.
         */
        get: operations["list_all_commands"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/commands/{command_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Command
         * @description One command.
         */
        get: operations["get_command"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Health
         * @description Checks, processes and the job queue.
         */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow Live
         * @description Notices of what the viewer may see: `{type, v, id, station_id, at, …}`; `resync` means: read again.
         */
        get: operations["follow_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Me
         * @description The person or API token that asks.
         */
        get: operations["get_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Edit Me
         * @description Change one's own name or language.
         */
        patch: operations["edit_me"];
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change My Password
         * @description Change one's own password; every other browser session of this person ends.
         */
        post: operations["change_my_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/onboarding-window": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Onboarding Windows
         * @description Windows open now.
         */
        get: operations["get_onboarding_windows"];
        put?: never;
        /**
         * Open Onboarding Window
         * @description Keep unknown stations at the door for a while, in place of any window open before.
         */
        post: operations["open_onboarding_window"];
        /**
         * Close Onboarding Window
         * @description Send unknown stations away from now on.
         */
        delete: operations["close_onboarding_window"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/overview/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Sessions Overview
         * @description How sessions stand now and today. Needs `session.view`.
         */
        get: operations["get_sessions_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/overview/stations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Overview Stations
         * @description Figures over all stations one sees.
         */
        get: operations["overview_stations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List All People
         * @description People by e-mail address.
         */
        get: operations["list_all_people"];
        put?: never;
        /**
         * Add Person
         * @description Add a person with permissions that the maker holds too.
         */
        post: operations["add_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{person_id}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retire One Person
         * @description End a person's access for good; their browsers are signed out at once.
         */
        post: operations["retire_one_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Sessions
         * @description Sessions, newest start first. Needs `session.view`.
         */
        get: operations["list_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Sessions
         * @description The same as CSV (RFC 4180), streamed, at most 100,000 rows. Needs `session.view`.
         */
        get: operations["export_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Session
         * @description One session. Needs `session.view`.
         */
        get: operations["get_session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{session_id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Session Timeline
         * @description What happened in and around a session, in the order of time. Needs `session.view`.
         */
        get: operations["get_session_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign In With Password
         * @description Begin a browser session; the cookie is HttpOnly. 401 for a wrong pair, 429 with Retry-After while delayed.
         */
        post: operations["sign_in_with_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign Out Of Browser
         * @description End this browser session; its live stream closes too.
         */
        post: operations["sign_out_of_browser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List All Sites
         * @description Sites by name.
         */
        get: operations["list_all_sites"];
        put?: never;
        /**
         * Add Site
         * @description Add a site.
         */
        post: operations["add_site"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List All Stations
         * @description Stations by identity, with presence and connectors: all that a table needs.
         */
        get: operations["list_all_stations"];
        put?: never;
        /**
         * Add Station
         * @description Add an approved station; its password is in this answer and nowhere else.
         */
        post: operations["add_station"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Stations
         * @description The list as CSV (RFC 4180), with the same filters.
         */
        get: operations["export_stations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations/waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Waiting Stations
         * @description Identities that knocked in vain, the newest knock first.
         */
        get: operations["list_waiting_stations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations/waiting/{identity}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve Waiting Station
         * @description Put it on the list; its password is in this answer and nowhere else.
         */
        post: operations["approve_waiting_station"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations/waiting/{identity}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dismiss Waiting Station
         * @description Not one of ours: don't show it again, refuse it even while a window is open.
         */
        post: operations["dismiss_waiting_station"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations/{station}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Station
         * @description One station by id or identity.
         */
        get: operations["get_station"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Patch Station
         * @description Change name, site, access or identity; a new identity ends the connection made under the old one.
         */
        patch: operations["patch_station"];
        trace?: never;
    };
    "/api/v1/stations/{station}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Station Commands
         * @description Commands of one station, the newest first.
         */
        get: operations["list_station_commands"];
        put?: never;
        /**
         * Send Command
         * @description Ask something of a station; the answer is the queued command, not yet what the station makes of it.
         */
        post: operations["send_command"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations/{station}/frames": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Frames
         * @description Frames of a station, newest first. Needs `trace.view`.
         */
        get: operations["list_frames"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations/{station}/latest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Latest
         * @description The newest reading of everything the station reports. Needs `telemetry.view`.
         */
        get: operations["read_latest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations/{station}/parameters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Station Parameters
         * @description The configuration of a station.
         */
        get: operations["get_station_parameters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations/{station}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume Station
         * @description Let it in again with the password it had.
         */
        post: operations["resume_station"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations/{station}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retire Station
         * @description Take it out of service for good; its history stays and its identity is free.
         */
        post: operations["retire_station"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations/{station}/rotate-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate Station Password
         * @description Make a new password; the old one stops at once and the connection made with it ends.
         */
        post: operations["rotate_station_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations/{station}/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Series
         * @description Measurements over time. Needs `telemetry.view`.
         */
        get: operations["read_series"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations/{station}/status-history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Status History
         * @description Changes of status and presence, the newest first.
         */
        get: operations["get_status_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations/{station}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend Station
         * @description Shut it out until it is resumed.
         */
        post: operations["suspend_station"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations/{station}/uptime": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Station Uptime
         * @description How much of a time each connector could be used; the last 30 days unless told otherwise.
         */
        get: operations["get_station_uptime"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Tokens
         * @description The list of tokens, by uid. Needs `token.view`.
         */
        get: operations["list_tokens"];
        put?: never;
        /**
         * Add Token
         * @description Add a token to the list of an organisation. Needs `token.manage`.
         */
        post: operations["add_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change Token
         * @description Block, unblock, or change a token. Needs `token.manage`.
         */
        patch: operations["change_token"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * ApiTokenMade
         * @description `secret` is shown this once; null in a repeated answer.
         */
        ApiTokenMade: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string | null;
            /** Expires At */
            expires_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Last Used At */
            last_used_at: string | null;
            /** Name */
            name: string;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /** Permissions */
            permissions: string[];
            /** Prefix */
            prefix: string;
            /** Secret */
            secret: string | null;
        };
        /**
         * ApiTokenNew
         * @description `permissions` must be held by the maker; without `expires_at` the token lives until it is revoked.
         */
        ApiTokenNew: {
            /** Expires At */
            expires_at?: string | null;
            /** Name */
            name: string;
            /** Organisation Id */
            organisation_id?: string | null;
            /** Permissions */
            permissions: string[];
        };
        /**
         * ApiTokenRow
         * @description What may be shown of a token at any time; `prefix` are its first characters.
         */
        ApiTokenRow: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Created By */
            created_by: string | null;
            /** Expires At */
            expires_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Last Used At */
            last_used_at: string | null;
            /** Name */
            name: string;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /** Permissions */
            permissions: string[];
            /** Prefix */
            prefix: string;
        };
        /**
         * AuditRow
         * @description Who did what to which object; `action` is a code like `station.create`.
         */
        AuditRow: {
            /** Action */
            action: string;
            /** Actor Id */
            actor_id: string | null;
            /** Actor Kind */
            actor_kind: string;
            /** Actor Name */
            actor_name: string;
            /** Address */
            address: string | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Details */
            details: {
                [key: string]: unknown;
            };
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Object Id */
            object_id: string;
            /** Object Kind */
            object_kind: string;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /** Outcome */
            outcome: string;
            /** Request Id */
            request_id: string | null;
        };
        /**
         * CandidateView
         * @description An identity that knocked in vain; `station_id` is set when it is on the list and was refused for `reason`.
         */
        CandidateView: {
            /** Address */
            address: string | null;
            /** Attempts */
            attempts: number;
            /** Boot */
            boot: {
                [key: string]: unknown;
            } | null;
            /**
             * Credentials
             * @enum {string}
             */
            credentials: "none" | "basic" | "wrong";
            /** Dismissed At */
            dismissed_at: string | null;
            /**
             * First Seen At
             * Format: date-time
             */
            first_seen_at: string;
            /** Identity */
            identity: string;
            /**
             * Last Seen At
             * Format: date-time
             */
            last_seen_at: string;
            /** Organisation Id */
            organisation_id: string | null;
            /** Reason */
            reason: string;
            /** Station Id */
            station_id: string | null;
            /** Subprotocols */
            subprotocols: string[];
            /** User Agent */
            user_agent: string | null;
        };
        /**
         * CommandKindList
         * @description Every kind this server knows.
         */
        CommandKindList: {
            /** Items */
            items: components["schemas"]["CommandKindView"][];
        };
        /**
         * CommandKindView
         * @description What may be asked, the permission it needs, and the JSON Schema of its arguments.
         */
        CommandKindView: {
            /** Arguments */
            arguments: {
                [key: string]: unknown;
            };
            /** Expires S */
            expires_s: number;
            /** Name */
            name: string;
            /** Permission */
            permission: string;
            /** Read Only */
            read_only: boolean;
            /** Title */
            title: string;
        };
        /**
         * CommandNew
         * @description `action` is a kind of command, `arguments` fit it.
         */
        CommandNew: {
            /** Action */
            action: string;
            /**
             * Arguments
             * @default {}
             */
            arguments?: {
                [key: string]: unknown;
            };
        };
        /**
         * CommandView
         * @description A command and how far it got; secrets among the arguments are masked. `answer` is the station's own.
         */
        CommandView: {
            /** Action */
            action: string;
            /** Actor Id */
            actor_id: string | null;
            /** Actor Kind */
            actor_kind: string;
            /** Actor Name */
            actor_name: string;
            /** Answer */
            answer: unknown | null;
            /** Arguments */
            arguments: {
                [key: string]: unknown;
            };
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Error */
            error: string | null;
            /** Evse */
            evse: number | null;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Observed At */
            observed_at: string | null;
            /** Read Only */
            read_only: boolean;
            /** Sent At */
            sent_at: string | null;
            /** Settled At */
            settled_at: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "queued" | "sent" | "accepted" | "rejected" | "failed" | "timed-out" | "unknown" | "expired" | "observed";
            /** Station */
            station: string;
            /**
             * Station Id
             * Format: uuid
             */
            station_id: string;
        };
        /**
         * ConnectorUptime
         * @description Seconds with a known status, seconds of them in which it could be used, and their share (0 to 1).
         */
        ConnectorUptime: {
            /** Available S */
            available_s: number;
            /** Connector */
            connector: number;
            /** Evse */
            evse: number;
            /** Known S */
            known_s: number;
            /** Share */
            share: number | null;
        };
        /**
         * ConnectorView
         * @description The newest status of a connector; evse 0 with connector 0 is the station itself.
         */
        ConnectorView: {
            /** Connector */
            connector: number;
            /** Error Code */
            error_code: string;
            /** Evse */
            evse: number;
            /** Info */
            info: string | null;
            /** Status */
            status: string;
            /**
             * Status At
             * Format: date-time
             */
            status_at: string;
            /** Vendor Error Code */
            vendor_error_code: string | null;
        };
        /**
         * Credentials
         * @description What a person types.
         */
        Credentials: {
            /** Email */
            email: string;
            /** Password */
            password: string;
        };
        /**
         * FieldError
         * @description What is wrong with one field; `field` is its path in the request (`arguments.connector`).
         */
        FieldError: {
            /** Field */
            field: string;
            /** Message */
            message: string;
        };
        /**
         * FrameView
         * @description One frame; `payload` is its text with secrets masked, cut at 16 KiB; `size` is what was on the wire, in bytes.
         */
        FrameView: {
            /** Action */
            action: string | null;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /**
             * Direction
             * @enum {string}
             */
            direction: "in" | "out";
            /** Fault */
            fault: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "call" | "result" | "error" | "unreadable";
            /** Message Id */
            message_id: string | null;
            /** Payload */
            payload: string;
            /** Seq */
            seq: number;
            /** Size */
            size: number;
        };
        /**
         * HealthCheck
         * @description `detail` says what was found, or what is wrong and what to do.
         */
        HealthCheck: {
            /** Detail */
            detail: string;
            /** Ms */
            ms: number;
            /** Name */
            name: string;
            /** Ok */
            ok: boolean;
        };
        /**
         * JobQueue
         * @description `waiting` never ran, `failed` will be tried again, `dead` was given up.
         */
        JobQueue: {
            /** Dead */
            dead: number;
            /** Failed */
            failed: number;
            /** Oldest At */
            oldest_at: string | null;
            /** Running */
            running: number;
            /** Waiting */
            waiting: number;
        };
        /**
         * LatestAnswer
         * @description Every parameter the station ever reported.
         */
        LatestAnswer: {
            /** Readings */
            readings: components["schemas"]["ReadingView"][];
        };
        /**
         * Me
         * @description `permissions` are those held anywhere, `*` spelled out; `csrf_token` and `email` are null for an API token.
         */
        Me: {
            /** Csrf Token */
            csrf_token: string | null;
            /** Email */
            email: string | null;
            /** Id */
            id: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "person" | "api-token" | "system";
            /** Locale */
            locale: string | null;
            /** Name */
            name: string;
            organisation: components["schemas"]["MyOrganisation"] | null;
            /** Permissions */
            permissions: string[];
        };
        /**
         * MomentJson
         * @description One entry of a timeline; `kind` is a code with its facts in `details`.
         */
        MomentJson: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Details */
            details: {
                [key: string]: unknown;
            };
            /** Kind */
            kind: string;
        };
        /**
         * MyEdit
         * @description What is absent stays.
         */
        MyEdit: {
            /** Locale */
            locale?: string | null;
            /** Name */
            name?: string | null;
        };
        /**
         * MyOrganisation
         * @description Where a person or token belongs.
         */
        MyOrganisation: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Locale */
            locale: string;
            /** Name */
            name: string;
        };
        /** Page[ApiTokenRow] */
        Page_ApiTokenRow_: {
            /** Items */
            items: components["schemas"]["ApiTokenRow"][];
            /** Next */
            next?: string | null;
            /** Total */
            total?: number | null;
        };
        /** Page[AuditRow] */
        Page_AuditRow_: {
            /** Items */
            items: components["schemas"]["AuditRow"][];
            /** Next */
            next?: string | null;
            /** Total */
            total?: number | null;
        };
        /** Page[CandidateView] */
        Page_CandidateView_: {
            /** Items */
            items: components["schemas"]["CandidateView"][];
            /** Next */
            next?: string | null;
            /** Total */
            total?: number | null;
        };
        /** Page[CommandView] */
        Page_CommandView_: {
            /** Items */
            items: components["schemas"]["CommandView"][];
            /** Next */
            next?: string | null;
            /** Total */
            total?: number | null;
        };
        /** Page[FrameView] */
        Page_FrameView_: {
            /** Items */
            items: components["schemas"]["FrameView"][];
            /** Next */
            next?: string | null;
            /** Total */
            total?: number | null;
        };
        /** Page[PersonRow] */
        Page_PersonRow_: {
            /** Items */
            items: components["schemas"]["PersonRow"][];
            /** Next */
            next?: string | null;
            /** Total */
            total?: number | null;
        };
        /** Page[SessionJson] */
        Page_SessionJson_: {
            /** Items */
            items: components["schemas"]["SessionJson"][];
            /** Next */
            next?: string | null;
            /** Total */
            total?: number | null;
        };
        /** Page[SiteView] */
        Page_SiteView_: {
            /** Items */
            items: components["schemas"]["SiteView"][];
            /** Next */
            next?: string | null;
            /** Total */
            total?: number | null;
        };
        /** Page[StationView] */
        Page_StationView_: {
            /** Items */
            items: components["schemas"]["StationView"][];
            /** Next */
            next?: string | null;
            /** Total */
            total?: number | null;
        };
        /** Page[StatusChangeView] */
        Page_StatusChangeView_: {
            /** Items */
            items: components["schemas"]["StatusChangeView"][];
            /** Next */
            next?: string | null;
            /** Total */
            total?: number | null;
        };
        /** Page[TokenJson] */
        Page_TokenJson_: {
            /** Items */
            items: components["schemas"]["TokenJson"][];
            /** Next */
            next?: string | null;
            /** Total */
            total?: number | null;
        };
        /**
         * ParameterView
         * @description One parameter of one station; `key` is the station's own name for it. A secret shows neither value.
         */
        ParameterView: {
            /**
             * Cls
             * @enum {string}
             */
            cls: "telemetry" | "setting" | "status" | "action";
            /**
             * Datatype
             * @enum {string}
             */
            datatype: "integer" | "float" | "boolean" | "string" | "enum";
            /** Desired */
            desired: string | null;
            /** Desired At */
            desired_at: string | null;
            /** Desired By */
            desired_by: string | null;
            /** Error */
            error: string | null;
            /** Evse */
            evse: number;
            /** Key */
            key: string | null;
            /** Module */
            module: string;
            /** Name */
            name: string;
            /** Parameter */
            parameter: string;
            /**
             * Read Level
             * @enum {string}
             */
            read_level: "driver" | "host" | "support" | "installer" | "maker" | "none";
            /** Reported */
            reported: string | null;
            /** Reported At */
            reported_at: string | null;
            /** Secret */
            secret: boolean;
            /** Settable */
            settable: boolean;
            /**
             * State
             * @enum {string}
             */
            state: "reported" | "pending" | "in-step" | "rejected" | "unsupported" | "reboot-required" | "drifted";
            /** Unit */
            unit: string;
            /**
             * Write Level
             * @enum {string}
             */
            write_level: "driver" | "host" | "support" | "installer" | "maker" | "none";
        };
        /**
         * PasswordChange
         * @description Both as typed.
         */
        PasswordChange: {
            /** Current */
            current: string;
            /** New */
            new: string;
        };
        /**
         * PasswordMade
         * @description `password` is shown this once; null in a repeated answer.
         */
        PasswordMade: {
            /** Password */
            password: string | null;
        };
        /**
         * PersonMade
         * @description `password` is null if it was given, and in a repeated answer.
         */
        PersonMade: {
            /** Email */
            email: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Name */
            name: string;
            /** Password */
            password: string | null;
        };
        /**
         * PersonNew
         * @description Without a password one is made and shown once; without an organisation it is the maker's own.
         */
        PersonNew: {
            /** Email */
            email: string;
            /** Locale */
            locale?: string | null;
            /** Name */
            name: string;
            /** Organisation Id */
            organisation_id?: string | null;
            /** Password */
            password?: string | null;
            /** Permissions */
            permissions: string[];
        };
        /**
         * PersonRow
         * @description A person in the list; `permissions` are their own ones in any organisation.
         */
        PersonRow: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Email */
            email: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Last Seen At */
            last_seen_at: string | null;
            /** Name */
            name: string;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /** Permissions */
            permissions: string[];
        };
        /**
         * PlatformHealth
         * @description `status` is `ready` when every check passed.
         */
        PlatformHealth: {
            /** Checks */
            checks: components["schemas"]["HealthCheck"][];
            jobs: components["schemas"]["JobQueue"];
            /** Roles */
            roles: components["schemas"]["RoleState"][];
            /** Status */
            status: string;
        };
        /**
         * Problem
         * @description A refusal or a fault; `type` is `urn:voltkeep:problem:<code>`, `arguments` are the facts for the words.
         */
        Problem: {
            /**
             * Arguments
             * @default {}
             */
            arguments?: {
                [key: string]: unknown;
            };
            /** Detail */
            detail: string;
            /** Errors */
            errors?: components["schemas"]["FieldError"][] | null;
            /**
             * Request Id
             * @default
             */
            request_id?: string;
            /** Status */
            status: number;
            /** Title */
            title: string;
            /** Type */
            type: string;
        };
        /**
         * ReadingView
         * @description The newest reading of a parameter: `value` for numbers, `text` for states.
         */
        ReadingView: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Evse */
            evse: number;
            /** Module */
            module: string;
            /** Parameter */
            parameter: string;
            /** Phase */
            phase: string;
            /** Text */
            text: string | null;
            /** Unit */
            unit: string;
            /** Value */
            value: number | null;
        };
        /**
         * RoleState
         * @description A process that `voltkeep up` looks after.
         */
        RoleState: {
            /** Name */
            name: string;
            /** Pid */
            pid?: number | null;
            /** Reason */
            reason?: string | null;
            /**
             * Restarts
             * @default 0
             */
            restarts?: number;
            /** Since */
            since?: string | null;
            /** State */
            state: string;
        };
        /**
         * SeriesAnswer
         * @description Every series that matched, by EVSE, parameter, module and phase.
         */
        SeriesAnswer: {
            /** Series */
            series: components["schemas"]["SeriesView"][];
        };
        /**
         * SeriesView
         * @description One series as columns of equal length; a null value is a gap.
         *
         *     `value` is the mean of a gauge and the last reading of a register; `min` and `max` are those of the `step_s`
         *     seconds that begin at `at`. Units are Wh, W, A, V, Celsius and Percent.
         */
        SeriesView: {
            /** At */
            at: string[];
            /** Evse */
            evse: number;
            /**
             * Kind
             * @enum {string}
             */
            kind: "gauge" | "register";
            /** Max */
            max: (number | null)[];
            /** Min */
            min: (number | null)[];
            /** Module */
            module: string;
            /** Parameter */
            parameter: string;
            /** Phase */
            phase: string;
            /**
             * Source
             * @enum {string}
             */
            source: "ticks" | "1-minute" | "15-minute";
            /** Step S */
            step_s: number;
            /** Unit */
            unit: string;
            /** Value */
            value: (number | null)[];
        };
        /**
         * SessionJson
         * @description A session: `station` is the identity, energies are whole Wh, `state` is `active` or `ended`.
         */
        SessionJson: {
            /** Authorization Status */
            authorization_status: string;
            /** Command Id */
            command_id: string | null;
            /** Connector */
            connector: number | null;
            /** Ended At */
            ended_at: string | null;
            /** Ended By */
            ended_by: string | null;
            /** Energy Wh */
            energy_wh: number | null;
            /** Evse */
            evse: number | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Last Heard At
             * Format: date-time
             */
            last_heard_at: string;
            /** Meter Last At */
            meter_last_at: string | null;
            /** Meter Last Wh */
            meter_last_wh: number | null;
            /** Meter Start Wh */
            meter_start_wh: number | null;
            /** Meter Stop Wh */
            meter_stop_wh: number | null;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /** Power W */
            power_w: number | null;
            /** Problems */
            problems: string[];
            /**
             * Received At
             * Format: date-time
             */
            received_at: string;
            /** Soc Percent */
            soc_percent: number | null;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /** State */
            state: string;
            /** Station */
            station: string;
            /**
             * Station Id
             * Format: uuid
             */
            station_id: string;
            /** Stop Reason */
            stop_reason: string | null;
            /** Stop Token */
            stop_token: string | null;
            /** Token */
            token: string | null;
            /** Token Id */
            token_id: string | null;
            /** Transaction Id */
            transaction_id: string;
        };
        /**
         * SessionsOverviewJson
         * @description How sessions stand; `start_success` is good starts of all starts in 24 hours, null without any.
         */
        SessionsOverviewJson: {
            /**
             * Day Began At
             * Format: date-time
             */
            day_began_at: string;
            /** Energy Today Wh */
            energy_today_wh: number;
            /** Live */
            live: number;
            /** Live Power W */
            live_power_w: number;
            /** Problems 24H */
            problems_24h: number;
            /** Sessions Today */
            sessions_today: number;
            /** Start Success */
            start_success: number | null;
            /** Starts 24H */
            starts_24h: number;
        };
        /**
         * SignInResult
         * @description The token that unsafe requests carry in X-CSRF-Token.
         */
        SignInResult: {
            /** Csrf Token */
            csrf_token: string;
        };
        /**
         * SiteNew
         * @description Without an organisation it is the actor's.
         */
        SiteNew: {
            /** Address */
            address?: string | null;
            /** Latitude */
            latitude?: number | null;
            /** Longitude */
            longitude?: number | null;
            /** Name */
            name: string;
            /** Organisation Id */
            organisation_id?: string | null;
            /**
             * Time Zone
             * @default UTC
             */
            time_zone?: string;
        };
        /**
         * SiteView
         * @description A site; `time_zone` is an IANA name.
         */
        SiteView: {
            /** Address */
            address: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Latitude */
            latitude: number | null;
            /** Longitude */
            longitude: number | null;
            /** Name */
            name: string;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /** Time Zone */
            time_zone: string;
        };
        /**
         * StationCounts
         * @description Stations by admission and presence, connectors by status, stations with a fault, and who waits at the door.
         */
        StationCounts: {
            /** By Admission */
            by_admission: {
                [key: string]: number;
            };
            /** By Presence */
            by_presence: {
                [key: string]: number;
            };
            /** Connectors By Status */
            connectors_by_status: {
                [key: string]: number;
            };
            /** Faulted Stations */
            faulted_stations: number;
            /** Waiting */
            waiting: number;
        };
        /**
         * StationDetails
         * @description What may be said of a station when it comes onto the list.
         */
        StationDetails: {
            /**
             * Access
             * @default public
             * @enum {string}
             */
            access?: "public" | "private" | "restricted";
            /** Name */
            name?: string | null;
            /** Organisation Id */
            organisation_id?: string | null;
            /** Site Id */
            site_id?: string | null;
        };
        /**
         * StationMade
         * @description `password` is shown this once; null in a repeated answer.
         */
        StationMade: {
            /**
             * Access
             * @enum {string}
             */
            access: "public" | "private" | "restricted";
            /** Address */
            address: string | null;
            /**
             * Admission
             * @enum {string}
             */
            admission: "pending" | "approved" | "suspended" | "revoked" | "retired";
            /** Approved At */
            approved_at: string | null;
            /** Booted At */
            booted_at: string | null;
            /** Connected At */
            connected_at: string | null;
            /** Connectors */
            connectors: components["schemas"]["ConnectorView"][];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Firmware Version */
            firmware_version: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Identity */
            identity: string;
            /** Last Message At */
            last_message_at: string | null;
            /** Model */
            model: string | null;
            /** Name */
            name: string | null;
            /** Offline Reason */
            offline_reason: string | null;
            /** Online */
            online: boolean;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /** Password */
            password: string | null;
            /** Presence Changed At */
            presence_changed_at: string | null;
            /**
             * Profile Version Id
             * Format: uuid
             */
            profile_version_id: string;
            /** Protocol */
            protocol: string;
            /** Retired At */
            retired_at: string | null;
            /** Revision */
            revision: number;
            /** Serial Number */
            serial_number: string | null;
            /** Site Id */
            site_id: string | null;
            /** Site Name */
            site_name: string | null;
            /** Station No */
            station_no: number;
            /** Vendor */
            vendor: string | null;
        };
        /**
         * StationNew
         * @description `identity` is what the station puts into the address it connects to.
         */
        StationNew: {
            /**
             * Access
             * @default public
             * @enum {string}
             */
            access?: "public" | "private" | "restricted";
            /** Identity */
            identity: string;
            /** Name */
            name?: string | null;
            /** Organisation Id */
            organisation_id?: string | null;
            /** Site Id */
            site_id?: string | null;
        };
        /**
         * StationParameters
         * @description All known values of a station, by parameter id.
         */
        StationParameters: {
            /** Items */
            items: components["schemas"]["ParameterView"][];
            /**
             * Station Id
             * Format: uuid
             */
            station_id: string;
        };
        /**
         * StationPatch
         * @description Fields that are left out stay as they are.
         */
        StationPatch: {
            /** Access */
            access?: ("public" | "private" | "restricted") | null;
            /** Identity */
            identity?: string | null;
            /** Name */
            name?: string | null;
            /** Site Id */
            site_id?: string | null;
        };
        /**
         * StationUptime
         * @description The time that was looked at and each connector's figure.
         */
        StationUptime: {
            /** Connectors */
            connectors: components["schemas"]["ConnectorUptime"][];
            /**
             * Since
             * Format: date-time
             */
            since: string;
            /**
             * Until
             * Format: date-time
             */
            until: string;
        };
        /**
         * StationView
         * @description A station with its presence and connectors; `revision` is the ETag that an edit names.
         */
        StationView: {
            /**
             * Access
             * @enum {string}
             */
            access: "public" | "private" | "restricted";
            /** Address */
            address: string | null;
            /**
             * Admission
             * @enum {string}
             */
            admission: "pending" | "approved" | "suspended" | "revoked" | "retired";
            /** Approved At */
            approved_at: string | null;
            /** Booted At */
            booted_at: string | null;
            /** Connected At */
            connected_at: string | null;
            /** Connectors */
            connectors: components["schemas"]["ConnectorView"][];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Firmware Version */
            firmware_version: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Identity */
            identity: string;
            /** Last Message At */
            last_message_at: string | null;
            /** Model */
            model: string | null;
            /** Name */
            name: string | null;
            /** Offline Reason */
            offline_reason: string | null;
            /** Online */
            online: boolean;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /** Presence Changed At */
            presence_changed_at: string | null;
            /**
             * Profile Version Id
             * Format: uuid
             */
            profile_version_id: string;
            /** Protocol */
            protocol: string;
            /** Retired At */
            retired_at: string | null;
            /** Revision */
            revision: number;
            /** Serial Number */
            serial_number: string | null;
            /** Site Id */
            site_id: string | null;
            /** Site Name */
            site_name: string | null;
            /** Station No */
            station_no: number;
            /** Vendor */
            vendor: string | null;
        };
        /**
         * StatusChangeView
         * @description A change; evse and connector are null for the station's presence (`online`, `offline`).
         */
        StatusChangeView: {
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Connector */
            connector: number | null;
            /** Error Code */
            error_code: string | null;
            /** Evse */
            evse: number | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Info */
            info: string | null;
            /**
             * Received At
             * Format: date-time
             */
            received_at: string;
            /** Status */
            status: string;
            /** Vendor Error Code */
            vendor_error_code: string | null;
        };
        /**
         * TokenEdit
         * @description What to change; absent members stay as they are.
         */
        TokenEdit: {
            /** Blocked */
            blocked?: boolean | null;
            /** Expires At */
            expires_at?: string | null;
            /** Label */
            label?: string | null;
            /** Parent Uid */
            parent_uid?: string | null;
        };
        /**
         * TokenJson
         * @description A token as screens and programs see it; `status` is what a station would be told now.
         */
        TokenJson: {
            /** Blocked At */
            blocked_at: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Expires At */
            expires_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /** Label */
            label: string | null;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
            /** Parent Uid */
            parent_uid: string | null;
            /** Person Id */
            person_id: string | null;
            /** Status */
            status: string;
            /** Type */
            type: string;
            /** Uid */
            uid: string;
        };
        /**
         * TokenNew
         * @description A token to add.
         */
        TokenNew: {
            /** Expires At */
            expires_at?: string | null;
            /** Label */
            label?: string | null;
            /** Organisation Id */
            organisation_id?: string | null;
            /** Parent Uid */
            parent_uid?: string | null;
            /**
             * Type
             * @default ISO14443
             */
            type?: string;
            /** Uid */
            uid: string;
        };
        /**
         * WindowNew
         * @description How long to keep it open, for one's own organisation unless another is named.
         */
        WindowNew: {
            /** Minutes */
            minutes: number;
            /** Organisation Id */
            organisation_id?: string | null;
        };
        /**
         * WindowView
         * @description An open window.
         */
        WindowView: {
            /**
             * Closes At
             * Format: date-time
             */
            closes_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Opened By */
            opened_by: string | null;
            /**
             * Organisation Id
             * Format: uuid
             */
            organisation_id: string;
        };
        /**
         * Windows
         * @description Open windows, the newest first.
         */
        Windows: {
            /** Items */
            items: components["schemas"]["WindowView"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_tokens_of_programs: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_ApiTokenRow_"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_api_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiTokenNew"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiTokenMade"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_token_of_program: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_audit: {
        parameters: {
            query?: {
                object_kind?: string | null;
                object_id?: string | null;
                actor_id?: string | null;
                action?: string | null;
                from?: string | null;
                to?: string | null;
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_AuditRow_"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_command_kinds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandKindList"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_all_commands: {
        parameters: {
            query?: {
                state?: ("queued" | "sent" | "accepted" | "rejected" | "failed" | "timed-out" | "unknown" | "expired" | "observed") | null;
                action?: string | null;
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_CommandView_"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_command: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                command_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandView"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlatformHealth"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    follow_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    edit_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MyEdit"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_my_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_onboarding_windows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Windows"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_onboarding_window: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WindowNew"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WindowView"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    close_onboarding_window: {
        parameters: {
            query?: {
                organisation_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_sessions_overview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionsOverviewJson"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    overview_stations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StationCounts"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_all_people: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_PersonRow_"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_person: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonNew"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonMade"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retire_one_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sessions: {
        parameters: {
            query?: {
                station?: string | null;
                state?: ("live" | "active" | "ended" | "problem") | null;
                token?: string | null;
                from?: string | null;
                to?: string | null;
                search?: string | null;
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_SessionJson_"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_sessions: {
        parameters: {
            query?: {
                station?: string | null;
                state?: ("live" | "active" | "ended" | "problem") | null;
                token?: string | null;
                from?: string | null;
                to?: string | null;
                search?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionJson"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_session_timeline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MomentJson"][];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_in_with_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInResult"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_out_of_browser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_all_sites: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_SiteView_"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_site: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SiteNew"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SiteView"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_all_stations: {
        parameters: {
            query?: {
                search?: string | null;
                status?: string | null;
                online?: boolean | null;
                admission?: ("pending" | "approved" | "suspended" | "revoked" | "retired") | null;
                site_id?: string | null;
                vendor?: string | null;
                model?: string | null;
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_StationView_"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_station: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StationNew"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StationMade"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_stations: {
        parameters: {
            query?: {
                search?: string | null;
                status?: string | null;
                online?: boolean | null;
                admission?: ("pending" | "approved" | "suspended" | "revoked" | "retired") | null;
                site_id?: string | null;
                vendor?: string | null;
                model?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_waiting_stations: {
        parameters: {
            query?: {
                cursor?: string | null;
                dismissed?: boolean;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_CandidateView_"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approve_waiting_station: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                identity: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StationDetails"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StationMade"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dismiss_waiting_station: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                identity: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_station: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                station: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StationView"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_station: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string | null;
            };
            path: {
                station: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StationPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StationView"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_station_commands: {
        parameters: {
            query?: {
                state?: ("queued" | "sent" | "accepted" | "rejected" | "failed" | "timed-out" | "unknown" | "expired" | "observed") | null;
                action?: string | null;
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                station: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_CommandView_"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_command: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                station: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommandNew"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandView"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_frames: {
        parameters: {
            query?: {
                direction?: ("in" | "out") | null;
                action?: string | null;
                search?: string | null;
                from?: string | null;
                to?: string | null;
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                station: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_FrameView_"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_latest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                station: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LatestAnswer"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_station_parameters: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                station: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StationParameters"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resume_station: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                station: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StationView"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retire_station: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                station: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StationView"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotate_station_password: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                station: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordMade"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_series: {
        parameters: {
            query: {
                parameter: string[];
                phase?: string | null;
                module?: string | null;
                evse?: number | null;
                from: string;
                to?: string | null;
                points?: number;
            };
            header?: never;
            path: {
                station: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeriesAnswer"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_status_history: {
        parameters: {
            query?: {
                evse?: number | null;
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                station: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_StatusChangeView_"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suspend_station: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                station: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StationView"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_station_uptime: {
        parameters: {
            query?: {
                from?: string | null;
                to?: string | null;
            };
            header?: never;
            path: {
                station: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StationUptime"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_tokens: {
        parameters: {
            query?: {
                search?: string | null;
                state?: ("valid" | "blocked" | "expired") | null;
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_TokenJson_"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenNew"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenJson"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenEdit"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenJson"];
                };
            };
            /** @description A refusal or a fault */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
