import { computeCost, findService, toKilograms } from './carriers.ts';
import { advanceJourney, DESCRIPTIONS, type Journey, type Pace, startJourney } from './journey.ts';
import { createError } from './problems.ts';
import type { LabelRequest, PickupRequest } from './types.ts';

interface Parcel {
  readonly number: number;
  readonly request: LabelRequest;
  readonly journey: Journey;
}

/** How often something was asked for, and how often it was done. */
export interface ExecutionCount {
  requests: number;
  executions: number;
}

/** Parcels beyond this many are forgotten, oldest first, so that a benchmark does not fill the memory. */
const MAX_PARCELS = 200_000;
const DAY_MS = 86_400_000;

/** Everything the shipping company knows: parcels, and who asked how often. It lives in memory. */
export class Account {
  readonly #pace: Pace;
  readonly #parcels = new Map<number, Parcel>();
  readonly #labelsByKey = new Map<string, number>();
  readonly #byKey = new Map<string, ExecutionCount>();
  readonly #byReference = new Map<string, ExecutionCount>();
  #lastNumber = 0;
  #lastPickup = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** Buys a label, or returns the one that was bought with this key. */
  createLabel(request: LabelRequest, idempotencyKey: string | undefined, origin: string, now: number) {
    const earlier = idempotencyKey === undefined ? undefined : this.#labelsByKey.get(idempotencyKey);
    const executed = earlier === undefined;
    this.#count(idempotencyKey, request.reference, executed);
    if (!executed) return this.#describeLabel(this.#get(earlier), origin, now);
    const parcel = { number: ++this.#lastNumber, request, journey: startJourney(now) };
    this.#parcels.set(parcel.number, parcel);
    if (idempotencyKey !== undefined) this.#labelsByKey.set(idempotencyKey, parcel.number);
    this.#parcels.delete(parcel.number - MAX_PARCELS);
    return this.#describeLabel(parcel, origin, now);
  }

  getLabel(labelId: string, origin: string, now: number) {
    return this.#describeLabel(this.#find(labelId), origin, now);
  }

  trackLabel(labelId: string, now: number) {
    const parcel = this.#find(labelId);
    parcel.journey.questions += 1;
    const status = advanceJourney(parcel.journey, this.#pace, now);
    const events = parcel.journey.moves.map((move) => ({
      status: move.status,
      description: DESCRIPTIONS[move.status],
      occurred_at: formatInstant(move.at),
      city: move.status === 'delivered' ? parcel.request.ship_to.city : null,
    }));
    return {
      label_id: labelId,
      tracking_number: formatTrackingNumber(parcel),
      status,
      description: DESCRIPTIONS[status],
      estimated_delivery_at: formatInstant(
        parcel.journey.createdAt + getService(parcel.request).days * DAY_MS,
      ),
      delivered_at: events.find((event) => event.status === 'delivered')?.occurred_at ?? null,
      events,
    };
  }

  schedulePickup(request: PickupRequest, now: number) {
    this.#count(undefined, request.reference, true);
    this.#lastPickup += 1;
    return {
      pickup_id: `pu_${this.#lastPickup}`,
      carrier_code: request.carrier_code,
      pickup_date: request.pickup_date,
      reference: request.reference ?? null,
      created_at: formatInstant(now),
    };
  }

  /** All shipments, oldest first; those in one status when it is given. */
  listShipments(status: string | undefined, now: number) {
    const shipments = [...this.#parcels.values()].map((parcel) => ({
      label_id: `lb_${parcel.number}`,
      tracking_number: formatTrackingNumber(parcel),
      status: advanceJourney(parcel.journey, this.#pace, now),
      reference: parcel.request.reference ?? null,
      recipient: parcel.request.ship_to.name,
      country_code: parcel.request.ship_to.country_code,
      created_at: formatInstant(parcel.journey.createdAt),
    }));
    return status === undefined ? shipments : shipments.filter((shipment) => shipment.status === status);
  }

  /** What was asked and what was done, by `Idempotency-Key` and by the caller's reference. */
  countExecutions() {
    return {
      labels: this.#lastNumber,
      pickups: this.#lastPickup,
      by_key: Object.fromEntries(this.#byKey),
      by_reference: Object.fromEntries(this.#byReference),
    };
  }

  #count(key: string | undefined, reference: string | undefined, executed: boolean): void {
    if (key !== undefined) increment(this.#byKey, key, executed);
    if (reference !== undefined) increment(this.#byReference, reference, executed);
  }

  #find(labelId: string): Parcel {
    const number = /^lb_(\d+)$/.exec(labelId)?.[1];
    return this.#get(Number(number ?? Number.NaN), labelId);
  }

  #get(number: number, labelId = `lb_${number}`): Parcel {
    const parcel = this.#parcels.get(number);
    if (parcel === undefined) throw createError(404, 'not_found', `There is no label ${labelId}.`);
    return parcel;
  }

  #describeLabel(parcel: Parcel, origin: string, now: number) {
    const { request } = parcel;
    const service = getService(request);
    const labelId = `lb_${parcel.number}`;
    return {
      label_id: labelId,
      tracking_number: formatTrackingNumber(parcel),
      carrier_code: service.carrier_code,
      service_code: service.service_code,
      status: advanceJourney(parcel.journey, this.#pace, now),
      reference: request.reference ?? null,
      ship_to: request.ship_to,
      package: request.package,
      cost: computeCost(service, request.ship_to.country_code, toKilograms(request.package.weight)),
      created_at: formatInstant(parcel.journey.createdAt),
      links: { track: `${origin}/v1/labels/${labelId}/track` },
    };
  }
}

function getService(request: LabelRequest) {
  const service = findService(request.service_code ?? 'swift_standard');
  if (service === undefined) throw createError(400, 'field_invalid', 'There is no such service.');
  return service;
}

function formatTrackingNumber(parcel: Parcel): string {
  const prefix = getService(parcel.request).carrier_code === 'swift' ? 'SW' : 'HB';
  return `${prefix}${String(parcel.number).padStart(9, '0')}`;
}

function formatInstant(at: number): string {
  return new Date(at).toISOString();
}

function increment(counts: Map<string, ExecutionCount>, name: string, executed: boolean): void {
  const count = counts.get(name) ?? { requests: 0, executions: 0 };
  count.requests += 1;
  if (executed) count.executions += 1;
  counts.set(name, count);
}
