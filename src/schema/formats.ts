/** RFC 5321, section 4.5.3.1: longer ones are none, and would take long to look at. */
const MAX_EMAIL_LENGTH = 320;

/** Formats that are told from the text alone, the most telling first. */
const FORMATS: readonly (readonly [string, (text: string) => boolean])[] = [
  ['date-time', isDateTime],
  ['date', isDate],
  ['uuid', (text) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)],
  ['uri', isUri],
  [
    'email',
    (text) =>
      text.length <= MAX_EMAIL_LENGTH &&
      /^[\w.+-]+@[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+$/i.test(text),
  ],
];

/** The formats a text is written in. */
export function detectFormats(text: string): ReadonlySet<string> {
  return new Set(FORMATS.filter(([, test]) => test(text)).map(([name]) => name));
}

function isDateTime(text: string): boolean {
  const match =
    /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/.exec(
      text,
    );
  return match !== null && isDate(match[1] ?? '');
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && day >= 1 && day <= last;
}

function isUri(text: string): boolean {
  return (
    /^(?:https?|ftp):\/\/[^\s"<>\\^`{|}[\]]+$/i.test(text) &&
    /^[\x21-\x7e]+$/.test(text) &&
    URL.canParse(text)
  );
}
