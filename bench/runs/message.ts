/** What every variant is sent, and what the upstream answers: an order of the sample shipping API, and its receipt. */
export const REQUEST_BODY = JSON.stringify({
  carrier_code: 'swift',
  pickup_date: '2026-06-01',
  reference: 'Order 1001: two boxes of books for the library in the town hall',
});

export const UPSTREAM_PATH = '/v1/pickups';
export const UPSTREAM_KEY = 'sample-key';

/** As `SchedulePickup` of samples/shipping/openapi.yaml answers. */
export const ANSWER_BODY = JSON.stringify({
  pickup_id: 'pu_1001',
  carrier_code: 'swift',
  pickup_date: '2026-06-01',
  reference: 'Order 1001: two boxes of books for the library in the town hall',
  created_at: '2026-05-31T12:00:00.000Z',
});
