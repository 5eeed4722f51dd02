import { IANAZone } from 'luxon';
import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { Fault } from '../define.ts';
import { type Moment, shiftMoment } from './moment.ts';

const zones = new Map<string, IANAZone>();

/** IANA names by Windows names in lower case; territory 001 holds the zone's main place. */
const IANA_NAMES: ReadonlyMap<string, string> = new Map(
  WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === '001').map(({ windowsName, iana }) => [
    windowsName.toLowerCase(),
    iana[0],
  ]),
);

/** The zone of a Windows name (`Pacific Standard Time`); IANA names (`Europe/Berlin`) are taken as well. */
export function findZone(name: string, parameter: string): IANAZone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const iana = IANA_NAMES.get(name.trim().toLowerCase()) ?? name;
  if (!IANAZone.isValidZone(iana)) {
    throw new Fault(
      `expects its parameter '${parameter}' to be a time zone id such as 'UTC' or 'W. Europe Standard Time'`,
      { parameter, seen: name },
    );
  }
  const zone = IANAZone.create(iana);
  zones.set(name, zone);
  return zone;
}

export function isUtcZone(zone: IANAZone): boolean {
  return zone.name === 'Etc/UTC' || zone.name === 'UTC';
}

/** From UTC to what a clock in the zone shows. */
export function toZone(moment: Moment, zone: IANAZone): Moment {
  if (isUtcZone(zone)) return { ...moment, utc: true };
  return shiftMoment({ ...moment, utc: false }, zone.offset(moment.ms) * 60_000);
}

/**
 * From what a clock in the zone shows to UTC. A time that was shown twice is taken as standard time; a time that
 * the clock skipped is an error (both as .NET does).
 */
export function fromZone(moment: Moment, zone: IANAZone, parameter: string): Moment {
  if (isUtcZone(zone)) return { ...moment, utc: true };
  if (moment.utc) {
    throw new Fault('expects a timestamp matching the time zone: this one is UTC already', { parameter });
  }
  const day = 86_400_000;
  const offsets = [zone.offset(moment.ms - day), zone.offset(moment.ms + day)];
  const fitting = offsets.filter((offset) => zone.offset(moment.ms - offset * 60_000) === offset);
  if (fitting.length === 0) {
    throw new Fault('was given a time that the clocks of the time zone skipped', { parameter: 'timestamp' });
  }
  return shiftMoment({ ...moment, utc: true }, -Math.min(...fitting) * 60_000);
}
