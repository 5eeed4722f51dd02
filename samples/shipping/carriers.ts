import type { Address, Money, Weight } from './types.ts';

/** Carriers of the sample and what they ask: a price to start, and one per kilogram. */
const CARRIERS = [
  {
    carrier_code: 'swift',
    name: 'Swift Couriers',
    services: [
      { service_code: 'swift_express', name: 'Express', days: 1, base: 9.5, perKg: 2.4 },
      { service_code: 'swift_standard', name: 'Standard', days: 3, base: 4.9, perKg: 1.1 },
    ],
  },
  {
    carrier_code: 'harbour',
    name: 'Harbour Post',
    services: [
      { service_code: 'harbour_parcel', name: 'Parcel', days: 5, base: 3.6, perKg: 0.9 },
      { service_code: 'harbour_freight', name: 'Freight', days: 12, base: 12, perKg: 0.25 },
    ],
  },
] as const;

const SERVICES = new Map(
  CARRIERS.flatMap((carrier) =>
    carrier.services.map((service) => [
      service.service_code as string,
      { ...service, carrier_code: carrier.carrier_code },
    ]),
  ),
);

export type Service = NonNullable<ReturnType<typeof findService>>;

export function findService(serviceCode: string) {
  return SERVICES.get(serviceCode);
}

export function listCarriers() {
  return CARRIERS.map(({ services, ...carrier }) => ({
    ...carrier,
    services: services.map(({ service_code, name, days }) => ({ service_code, name, days })),
  }));
}

/** One rate per service, cheapest first. */
export function listRates(countryCode: string, weightKg: number) {
  return [...SERVICES.values()]
    .map((service) => ({
      carrier_code: service.carrier_code,
      service_code: service.service_code,
      days: service.days,
      cost: computeCost(service, countryCode, weightKg),
    }))
    .sort((a, b) => a.cost.amount - b.cost.amount);
}

export function computeCost(service: Service, countryCode: Address['country_code'], weightKg: number): Money {
  const abroad = countryCode === 'GB' ? 1 : 1.5;
  return {
    currency: 'EUR',
    amount: Math.round((service.base + service.perKg * weightKg) * abroad * 100) / 100,
  };
}

const KILOGRAMS = { gram: 0.001, kilogram: 1, ounce: 0.028349523125, pound: 0.45359237 };

export function toKilograms(weight: Weight): number {
  return weight.value * KILOGRAMS[weight.unit];
}
