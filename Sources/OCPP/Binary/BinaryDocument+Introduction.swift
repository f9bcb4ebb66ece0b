extension BinaryDocument {
    static let introduction = """
        # Binary OCPP 1.6, version 1

        The messages of OCPP 1.6 between a master and its slaves, in about a quarter of the bytes of JSON, for small
        controllers and slow links. This page is generated from the program's tables; a test compares the two.

        ## Connection

        - TCP, port 1600; TLS if both sides are configured for it.
        - The server speaks first: the five bytes `OCPPB`, one byte 1 (the version), then 32 random bytes, the challenge.
        - The client sends `OCPPB` and 1, then one frame, its hello.
        - A frame is an unsigned 32-bit big-endian length, then that many bytes: one item of CBOR (RFC 8949).
        - A frame that is longer than the limit (64 KiB, a setting), empty, malformed or of an unknown type ends the
          connection, after an error frame `[4, 0, code, reason, {}]`.

        ## Messages on the wire

        | frame | meaning |
        |---|---|
        | `[0, chargePointId, "ocpp1.6", mac]` | hello of the client |
        | `[0, true, now, heartbeatInterval]` | the server takes the client; `now` is a date with tag 1, the interval is in seconds |
        | `[0, false, reason]` | the server refuses the client, and closes |
        | `[2, n, action, {…}]` | CALL |
        | `[3, n, {…}]` | CALLRESULT |
        | `[4, n, code, description, {…}]` | CALLERROR |
        | `[8]`, `[9]` | ping, pong |

        `mac` is HMAC-SHA-256 over the 32 bytes of the challenge followed by the id in UTF-8, with the key that both sides
        were given; null where the site has no key. `n` is an unsigned number, counted by the sender of the CALL from 1 on.
        One CALL is outstanding per direction; a late, doubled or unknown answer is dropped.

        ## Values

        Definite lengths only; no floats, no byte strings in payloads, no key twice, at most 16 levels.

        - Actions, error codes and property names are the unsigned numbers of the tables below. A name that is in no table
          is sent as text. Numbers are never reused: tables only grow at their end. A receiver takes a number that it does
          not know for the name `#` and the number.
        - The text of an enumeration is its unsigned number.
        - A date and time is tag 1 with whole seconds since 1970; with milliseconds it is a decimal fraction (tag 4) with
          the exponent -3. One that is not written as `YYYY-MM-DDThh:mm:ss[.sss]Z` stays a text.
        - A number that is not whole is a decimal fraction (tag 4): `[exponent, mantissa]` to the base 10.
        - All other texts, booleans, arrays and objects are those of JSON.

        JSON to binary and back gives the same message for every valid message.

        """
}
