import type { ShipmentStatus } from './types.ts';

/** When a parcel moves on: after so many questions about it, or after so much time, whichever comes first. */
export interface Pace {
  readonly inTransitAfterMs: number;
  readonly deliveredAfterMs: number;
  readonly inTransitAtQuestion: number;
  readonly deliveredAtQuestion: number;
}

export const DEFAULT_PACE: Pace = {
  inTransitAfterMs: 10_000,
  deliveredAfterMs: 60_000,
  inTransitAtQuestion: 2,
  deliveredAtQuestion: 5,
};

/** One parcel on its way; `moves` holds the instant of each status it has reached. */
export interface Journey {
  readonly createdAt: number;
  questions: number;
  readonly moves: { status: ShipmentStatus; at: number }[];
}

export const DESCRIPTIONS: Record<ShipmentStatus, string> = {
  accepted: 'The carrier has accepted the parcel.',
  in_transit: 'The parcel is on its way.',
  delivered: 'The parcel was delivered.',
};

export function startJourney(now: number): Journey {
  return { createdAt: now, questions: 0, moves: [{ status: 'accepted', at: now }] };
}

/** Moves the parcel as far as time and questions allow, and says where it is. It never skips a status. */
export function advanceJourney(journey: Journey, pace: Pace, now: number): ShipmentStatus {
  const age = now - journey.createdAt;
  if (age >= pace.inTransitAfterMs || journey.questions >= pace.inTransitAtQuestion) {
    reach(journey, 'in_transit', now);
  }
  if (age >= pace.deliveredAfterMs || journey.questions >= pace.deliveredAtQuestion) {
    reach(journey, 'delivered', now);
  }
  return journey.moves.at(-1)?.status ?? 'accepted';
}

function reach(journey: Journey, status: ShipmentStatus, at: number): void {
  if (!journey.moves.some((move) => move.status === status)) journey.moves.push({ status, at });
}
