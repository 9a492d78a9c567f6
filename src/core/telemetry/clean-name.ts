/** Path segments kept; what lies deeper is `*`. Routes of real services rarely have more. */
const DEEPEST = 6;

/** UTF-16 units of a name; the rest is cut. */
const LONGEST_NAME = 200;

/** A segment longer than this is a token or a text, never a name of a resource. */
const LONGEST_SEGMENT = 64;

const NEEDS_NO_CLEANING = /^[A-Za-z_/-]*$/;
const EMAIL = /@|%40/;
const UUID = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/gi;
const VERSION = /^v\d{1,3}$/;
/** Numbers, dates, amounts, addresses: digits with what stands between them. */
const NUMERIC = /^[+\-.,:_%\d]*\d[+\-.,:_%\d]*$/;
const HEX = /^(?=.*\d)[0-9a-f]{8,}$/i;
/** Sixteen or more letters and digits in a row and mixed, as tokens and object ids are. */
const TOKEN = /(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{16,}/g;
const LONG_NUMBER = /\d{3,}/g;
/** What steers a terminal or turns the direction of reading, C1 and bidirectional controls too. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g;
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/** A path with what differs from request to request replaced: `/accounts/4711?x=1` is `/accounts/{id}`. */
export function cleanPath(path: string): string {
  const bare = path.replace(ORIGIN, '').replace(/[?#].*$/s, '');
  const segments = bare.split('/').filter((segment) => segment !== '');
  const kept = segments.slice(0, DEEPEST).map(cleanSegment);
  if (segments.length > DEEPEST) kept.push('*');
  return `/${kept.join('/')}`;
}

/** A span name or a destination with its variable words replaced: `GET /users/17` is `GET /users/{id}`. */
export function cleanName(name: string): string {
  if (NEEDS_NO_CLEANING.test(name)) return name;
  const words = name.split(/\s+/).filter((word) => word !== '');
  return words.map((word) => (word.startsWith('/') || ORIGIN.test(word) ? cleanPath(word) : cleanWord(word))).join(' ');
}

/** A name fit for a list: without control characters and not too long. */
export function displayName(name: string): string {
  const printable = name.replace(CONTROL, ' ').trim();
  return printable.length <= LONGEST_NAME ? printable : `${printable.slice(0, LONGEST_NAME - 1)}…`;
}

function cleanWord(word: string): string {
  return word.includes('/') ? word.split('/').map(cleanSegment).join('/') : cleanSegment(word);
}

function cleanSegment(segment: string): string {
  if (NEEDS_NO_CLEANING.test(segment)) return segment.length > LONGEST_SEGMENT ? '{id}' : segment;
  const bare = segment.replace(/;.*$/s, '');
  if (VERSION.test(bare) || bare === '') return bare;
  if (EMAIL.test(bare)) return '{email}';
  if (bare.length > LONGEST_SEGMENT || NUMERIC.test(bare) || HEX.test(bare)) return '{id}';
  return bare.replace(UUID, '{id}').replace(TOKEN, '{id}').replace(LONG_NUMBER, '{id}');
}
