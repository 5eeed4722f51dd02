import type { PolicyTemplate } from '../policy-types.ts';

export const setConnectionStatus: PolicyTemplate = {
  templateId: 'setconnectionstatustounauthenticated',
  title: 'Set connection status to unauthenticated',
  description:
    'When the service answers with this status, the call fails as one whose credentials are not accepted, and the connection says that it must be repaired.',
  sections: ['response'],
  parameters: [
    {
      name: 'statusCode',
      title: 'Status code',
      description: 'The status that tells of bad credentials, such as 401.',
      type: 'integer',
      required: true,
    },
  ],
  examples: [
    {
      title: 'Another status is no sign',
      section: 'response',
      parameters: { statusCode: 401 },
      before: { statusCode: 404 },
      after: { statusCode: 404 },
    },
  ],
  apply(message, run) {
    const isSign = Number(run.plain('statusCode')) === message.statusCode;
    return { message: isSign ? { ...message, unauthenticated: true } : message };
  },
};
