import type { ConnectorSource } from '../../api/index.ts';
import { BlankPanel } from './BlankPanel.tsx';
import { CopyPanel } from './CopyPanel.tsx';
import { FilePanel } from './FilePanel.tsx';
import { GitHubPanel } from './github/GitHubPanel.tsx';
import type { Beginning, PickedFile } from './sources.ts';
import { TextPanel, UrlPanel } from './TextPanel.tsx';

interface SourcePanelProps {
  readonly from: Beginning;
  readonly busy: boolean;
  onSource(source: ConnectorSource): void;
  onFiles(files: PickedFile[]): void;
  onFailure(error: unknown): void;
}

/** What the chosen way to begin asks for. */
export function SourcePanel({ from, ...panel }: SourcePanelProps) {
  switch (from) {
    case 'file':
      return (
        <FilePanel
          {...panel}
          folders
          title="Drop a document anywhere on this page"
          note="OpenAPI 3.0 or 3.1 and Swagger 2.0 as JSON or YAML, with the files they refer to; a Power Platform connector as its folder, its files or a zip; a Postman collection; a HAR recording. Large ones are fine."
        />
      );
    case 'har':
      return (
        <FilePanel
          {...panel}
          accept=".har,.json"
          title="Drop a HAR recording anywhere on this page"
          note="In the browser’s developer tools, open Network, do what you want to automate, then choose “Save all as HAR”. Credentials in it become the way to authenticate; their values are not kept."
        />
      );
    case 'postman':
      return (
        <FilePanel
          {...panel}
          accept=".json"
          title="Drop a Postman collection anywhere on this page"
          note="In Postman, choose “Export” from the menu of the collection, version 2.1. Credentials and variables become parameters of the connection; their values are not kept."
        />
      );
    case 'url':
      return <UrlPanel {...panel} />;
    case 'text':
      return (
        <TextPanel
          {...panel}
          label="Document"
          hint="OpenAPI or Swagger, JSON or YAML. A Postman collection or a curl command is recognised, too."
          placeholder={'openapi: 3.1.0\ninfo:\n  title: …'}
          rows={16}
        />
      );
    case 'curl':
      return (
        <TextPanel
          {...panel}
          label="Command"
          hint="It becomes one action: address, parameters, headers and body. Credentials in it become the way to authenticate; their values are not kept."
          placeholder={'curl https://api.example.com/v1/orders/42 \\\n  -H "Authorization: Bearer …"'}
          rows={8}
        />
      );
    case 'github':
      return <GitHubPanel {...panel} />;
    case 'copy':
      return <CopyPanel />;
    case 'blank':
      return <BlankPanel />;
  }
}
