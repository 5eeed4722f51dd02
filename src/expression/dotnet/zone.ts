import { IANAZone } from 'luxon';
import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { Fault } from '../define.ts';
import { type Moment, MS_PER_DAY, shiftMoment } from './moment.ts';

const zones = new Map<string, Zone>();

/** IANA names by Windows names in lower case; territory 001 holds the zone's main place. */
const IANA_NAMES: ReadonlyMap<string, string> = new Map([
  ...WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === '001').map(
    ({ windowsName, iana }) => [windowsName.toLowerCase(), iana[0]] as const,
  ),
  // Windows still has these two, and flows name them; CLDR dropped them.
  ['kamchatka standard time', 'Asia/Kamchatka'],
  ['mid-atlantic standard time', 'Atlantic/South_Georgia'],
]);

const QUARTER_MS = 900_000;

/**
 * A time zone that remembers its last answer: asking Intl is slow, offsets change only between quarters of an hour,
 * and most conversions in flows are of the current time.
 */
export class Zone {
  readonly isUtc: boolean;
  readonly #zone: IANAZone;
  #quarter = Number.NaN;
  #offsetMs = 0;

  constructor(iana: string) {
    this.#zone = IANAZone.create(iana);
    this.isUtc = iana === 'Etc/UTC' || iana === 'UTC';
  }

  /** How far its clocks are ahead of UTC at an instant, in milliseconds. */
  offsetMs(ms: number): number {
    const quarter = Math.floor(ms / QUARTER_MS);
    if (quarter !== this.#quarter) {
      this.#quarter = quarter;
      this.#offsetMs = this.#zone.offset(ms) * 60_000;
    }
    return this.#offsetMs;
  }
}

/** The zone of a Windows name (`Pacific Standard Time`); IANA names (`Europe/Berlin`) are taken as well. */
export function findZone(name: string, parameter: string): Zone {
  const key = name.trim().toLowerCase();
  const known = zones.get(key);
  if (known !== undefined) return known;
  const iana = IANA_NAMES.get(key) ?? name.trim();
  if (!IANAZone.isValidZone(iana)) {
    throw new Fault(
      `expects its parameter '${parameter}' to be a time zone id such as 'UTC' or 'W. Europe Standard Time'`,
      { parameter, seen: name },
    );
  }
  const zone = new Zone(iana);
  zones.set(key, zone);
  return zone;
}

/** From UTC to what a clock in the zone shows. */
export function toZone(moment: Moment, zone: Zone): Moment {
  if (zone.isUtc) return { ...moment, utc: true };
  return shiftMoment({ ...moment, utc: false }, zone.offsetMs(moment.ms));
}

/**
 * From what a clock in the zone shows to UTC. A time that was shown twice is taken as standard time; a time that
 * the clock skipped is an error (both as .NET does).
 */
export function fromZone(moment: Moment, zone: Zone, parameter: string): Moment {
  if (zone.isUtc) return { ...moment, utc: true };
  if (moment.utc) {
    throw new Fault('expects a timestamp matching the time zone: this one is UTC already', { parameter });
  }
  // The offsets on either side of any change; what the clock shows lies between the two.
  const offsets = [zone.offsetMs(moment.ms - MS_PER_DAY), zone.offsetMs(moment.ms + MS_PER_DAY)];
  const fitting = offsets.filter((offset) => zone.offsetMs(moment.ms - offset) === offset);
  if (fitting.length === 0) {
    throw new Fault('was given a time that the clocks of the time zone skipped', { parameter: 'timestamp' });
  }
  return shiftMoment({ ...moment, utc: true }, -Math.min(...fitting));
}
