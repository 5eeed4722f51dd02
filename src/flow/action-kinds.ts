/**
 * Action and trigger types of Power Automate and Logic Apps that Patchbay cannot carry out, by their lower-case name,
 * with what to use instead. They are kept and checked, a test can mock them, and in a run they fail with this advice.
 */
const INTEGRATION_ACCOUNT =
  'it needs an integration account; call a service that does this with an Http action';
const EDI = 'it needs trading partners in an integration account; call a service that does this';
const AGENT =
  'it runs an agent of its platform; call the model through a connector, and its tools as actions';
const SCRIPT = 'only JavaScript runs here: rewrite it as a JavaScriptCode action';

const UNSUPPORTED_ACTIONS: Readonly<Record<string, string>> = {
  xslt: 'no XSLT processor runs here; map with Select and Compose, or in a JavaScriptCode action',
  liquid:
    'its map is kept outside of the flow; give the text of the map in its inputs, as map.content, or map with Select and Compose',
  transformxml: 'no XSLT processor runs here; map with Select and Compose, or in a JavaScriptCode action',
  xmlvalidation: INTEGRATION_ACCOUNT,
  xmlparse: 'read the XML with json(xml(…)) or xpath(…) in a Compose action',
  parsexml: 'read the XML with json(xml(…)) or xpath(…) in a Compose action',
  xmlcompose: 'write the XML with xml(json) in a Compose action',
  composexml: 'write the XML with xml(json) in a Compose action',
  flatfileencoding: INTEGRATION_ACCOUNT,
  flatfiledecoding: INTEGRATION_ACCOUNT,
  integrationaccountartifactlookup: INTEGRATION_ACCOUNT,
  as2encode: EDI,
  as2decode: EDI,
  x12encode: EDI,
  x12decode: EDI,
  x12batchencode: EDI,
  edifactencode: EDI,
  edifactdecode: EDI,
  edifactbatchencode: EDI,
  rosettanetencode: EDI,
  rosettanetdecode: EDI,
  rosettanetwaitforresponse: EDI,
  rosettanetresponse: EDI,
  swiftencode: EDI,
  swiftdecode: EDI,
  swiftmtencode: EDI,
  swiftmtdecode: EDI,
  hl7encode: EDI,
  hl7decode: EDI,
  function: 'call the URL of the function with an Http action',
  azurefunction: 'call the URL of the function with an Http action',
  invokefunction: 'call the URL of the function with an Http action',
  apimanagement: 'import the API as a connector and call its operation',
  appservice: 'import the API as a connector and call its operation',
  swagger: 'import the API as a connector and call its operation',
  invokeworkflow: 'run the other flow with a Workflow action',
  sendtobatch: 'append to a list, and let a flow with a Recurrence trigger take its items together',
  rule: 'write the rules as conditions, or in a JavaScriptCode action',
  executerules: 'write the rules as conditions, or in a JavaScriptCode action',
  csharpscriptcode: SCRIPT,
  csharpcode: SCRIPT,
  executecsharpscriptcode: SCRIPT,
  executepowershellcode: SCRIPT,
  powershellcode: SCRIPT,
  executepythoncode: SCRIPT,
  pythoncode: SCRIPT,
  agent: AGENT,
  agenttool: AGENT,
  agenthandoff: AGENT,
  handoff: AGENT,
  nestedagent: AGENT,
  mcpserver: AGENT,
  mcpservertool: AGENT,
  mcpclienttool: AGENT,
  mcpclient: AGENT,
  hybridtrigger: 'split it into a trigger and a call',
  parsedocumentwithmetadata: 'read the document with an operation of a connector',
  chunktextwithmetadata: 'use ChunkText',
};

const UNSUPPORTED_TRIGGERS: Readonly<Record<string, string>> = {
  serviceprovider:
    'choose a trigger of a connector for the same service, or let the service call a Request trigger',
  batch: 'take the items of a list together in a flow with a Recurrence trigger',
  apimanagement: 'let the API call a Request trigger',
  appservice: 'let the API call a Request trigger',
  swagger: 'let the API call a Request trigger',
  agent: 'start the flow with a Request trigger',
  a2arequest: 'start the flow with a Request trigger',
  mcpserver: 'start the flow with a Request trigger',
  geofence: 'let the app that knows the place call a Request trigger',
  hybridtrigger: 'choose a trigger of a connector for the same service',
  eventgrid: 'let the service call a Request trigger',
  rosettanetreceive: 'let the partner call a Request trigger',
};

/** What to use in place of an action type that is known and cannot run here. */
export function adviseOnAction(type: string): string | undefined {
  return look(UNSUPPORTED_ACTIONS, type);
}

/** What to use in place of a trigger type that is known and cannot start a flow here. */
export function adviseOnTrigger(type: string): string | undefined {
  return look(UNSUPPORTED_TRIGGERS, type);
}

function look(table: Readonly<Record<string, string>>, type: string): string | undefined {
  const name = type.toLowerCase();
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
