/** A document of 20 MB, in base64 and with what goes around it. */
export const BODY_LIMIT_BYTES = 40 * 1024 * 1024;
