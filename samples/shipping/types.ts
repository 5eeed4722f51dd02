/** The shapes of openapi.yaml that the server works with. */
export type ShipmentStatus = 'accepted' | 'in_transit' | 'delivered';

export interface Address {
  name: string;
  company?: string | null;
  street: string;
  city: string;
  postal_code: string;
  country_code: string;
  email?: string | null;
}

export interface Weight {
  value: number;
  unit: 'gram' | 'kilogram' | 'ounce' | 'pound';
}

export interface Money {
  currency: string;
  amount: number;
}

export interface LabelRequest {
  reference?: string;
  service_code?: string;
  ship_to: Address;
  package: { weight: Weight; contents?: string | null };
}

export interface PickupRequest {
  carrier_code: string;
  pickup_date: string;
  reference?: string;
}
