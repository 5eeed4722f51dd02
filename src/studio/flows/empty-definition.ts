/** What a new flow begins with: it answers whoever calls its URL. */
export const EMPTY_DEFINITION = `{
  "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
  "contentVersion": "1.0.0.0",
  "triggers": {
    "manual": {
      "type": "Request",
      "kind": "Http",
      "inputs": {
        "schema": { "type": "object", "properties": { "name": { "type": "string" } } }
      }
    }
  },
  "actions": {
    "Response": {
      "type": "Response",
      "runAfter": {},
      "inputs": {
        "statusCode": 200,
        "body": { "greeting": "Hello @{triggerBody()?['name']}" }
      }
    }
  }
}
`;
