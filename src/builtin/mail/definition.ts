import type { JsonObject } from '../../base/index.ts';
import type { ConnectorDefinition } from '../../connector/index.ts';

const ADDRESSES = 'Specify email addresses separated by semicolons like someone@contoso.com';

const MESSAGE: JsonObject = {
  type: 'object',
  required: ['To', 'Subject', 'Body'],
  properties: {
    To: { type: 'string', format: 'email', 'x-ms-summary': 'To', description: ADDRESSES },
    Subject: { type: 'string', 'x-ms-summary': 'Subject', description: 'Subject of the mail' },
    Body: {
      type: 'string',
      format: 'html',
      'x-ms-summary': 'Body',
      description: 'Text of the mail, in HTML',
    },
    From: {
      type: 'string',
      format: 'email',
      'x-ms-summary': 'From (Send as)',
      'x-ms-visibility': 'advanced',
      description: 'Another sender than the one in the settings; the mail server must permit it',
    },
    Cc: { type: 'string', 'x-ms-summary': 'CC', 'x-ms-visibility': 'advanced', description: ADDRESSES },
    Bcc: { type: 'string', 'x-ms-summary': 'BCC', 'x-ms-visibility': 'advanced', description: ADDRESSES },
    Attachments: {
      type: 'array',
      'x-ms-summary': 'Attachments',
      'x-ms-visibility': 'advanced',
      items: {
        type: 'object',
        required: ['Name', 'ContentBytes'],
        properties: {
          Name: { type: 'string', 'x-ms-summary': 'Attachments Name', description: 'File name' },
          ContentBytes: {
            type: 'string',
            format: 'byte',
            'x-ms-summary': 'Attachments Content',
            description: 'The file, base64',
          },
        },
      },
    },
    Sensitivity: {
      type: 'string',
      enum: ['normal', 'personal', 'private', 'confidential'],
      'x-ms-summary': 'Sensitivity',
      'x-ms-visibility': 'advanced',
    },
    ReplyTo: {
      type: 'string',
      'x-ms-summary': 'Reply To',
      'x-ms-visibility': 'advanced',
      description: 'The email addresses to use when replying',
    },
    Importance: {
      type: 'string',
      enum: ['Low', 'Normal', 'High'],
      default: 'Normal',
      'x-ms-summary': 'Importance',
      'x-ms-visibility': 'advanced',
    },
  },
};

/** Sending mail in the shape of Office 365 Outlook's *Send an email (V2)*, over the SMTP server of the settings. */
export const mailDefinition: ConnectorDefinition = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Mail',
      description: 'Sends email over the SMTP server of the settings.',
      version: '1.0',
    },
    'x-ms-connector-metadata': [{ propertyName: 'Categories', propertyValue: 'Communication' }],
    servers: [{ url: 'patchbay://mail' }],
    paths: {
      '/v2/Mail': {
        post: {
          operationId: 'SendEmailV2',
          summary: 'Send an email (V2)',
          description: 'Sends an email message.',
          'x-ms-visibility': 'important',
          'x-ms-no-generic-test': true,
          requestBody: {
            required: true,
            'x-ms-requestBody-name': 'emailMessage',
            content: { 'application/json': { schema: MESSAGE } },
          },
          responses: { '200': { description: 'The mail server has taken the message.' } },
        },
      },
      '/health': {
        get: {
          operationId: 'CheckServer',
          summary: 'Check the mail server',
          description: 'Signs in at the mail server without sending anything.',
          'x-ms-visibility': 'internal',
          responses: { '200': { description: 'The server answers.' } },
        },
      },
    },
    'x-ms-capabilities': { testConnection: { operationId: 'CheckServer', parameters: {} } },
  },
  properties: { iconBrandColor: '#0364b8', capabilities: ['actions'], publisher: 'Patchbay' },
  source: { format: 'openapi-3.1', fileName: null },
  files: {},
};
