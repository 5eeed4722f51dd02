import { resolve } from 'node:path';
import type { CodeLimits } from '../code/index.ts';
import type { NodeRole } from '../engine/index.ts';
import { readCodeLimits } from './code-settings.ts';
import { CliError } from './errors.ts';

/** What the environment says; nobody else reads it. */
export interface Settings {
  /** Where data, the embedded database and the master key live. */
  readonly home: string;
  /** The same for the demo, which has a home of its own unless one is named. */
  readonly demoHome: string;
  /** A PostgreSQL of the user's own, in place of the embedded one. */
  readonly databaseUrl: string | undefined;
  /** 32 bytes in base64 or hex; made and kept under `home` when it is missing. */
  readonly masterKey: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Nobody asked for this port: another one would do. */
  readonly isPortDefault: boolean;
  /** The address people reach Patchbay at, where a proxy stands before it. */
  readonly publicUrl: string | undefined;
  readonly logLevel: string;
  /** What this process does of the work that several may share. */
  readonly role: NodeRole;
  /** The OpenTelemetry collector that traces go to; none: nothing is traced. */
  readonly traceEndpoint: string | undefined;
  /** The REST API of GitHub, or of an Enterprise server. */
  readonly githubApiUrl: string;
  /** How much custom code may take. */
  readonly code: CodeLimits;
}

const LOG_LEVELS = new Set(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']);

/**
 * Reads the settings from environment variables.
 *
 * @throws CliError INVALID_SETTING
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>, cwd: string): Settings {
  return {
    home: resolve(cwd, env['PATCHBAY_HOME'] || '.patchbay'),
    demoHome: resolve(cwd, env['PATCHBAY_HOME'] || '.patchbay/demo'),
    databaseUrl: env['PATCHBAY_DATABASE_URL'] || undefined,
    masterKey: env['PATCHBAY_MASTER_KEY'] || undefined,
    host: env['PATCHBAY_HOST'] || '127.0.0.1',
    port: readPort(env['PATCHBAY_PORT']),
    isPortDefault: !env['PATCHBAY_PORT'],
    publicUrl: readUrl('PATCHBAY_PUBLIC_URL', env['PATCHBAY_PUBLIC_URL'], 'https://patchbay.example.com'),
    logLevel: readLogLevel(env['PATCHBAY_LOG_LEVEL']),
    role: readRole(env['PATCHBAY_ROLE']),
    traceEndpoint: readUrl(
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      env['OTEL_EXPORTER_OTLP_ENDPOINT'],
      'http://localhost:4318',
    ),
    githubApiUrl: readGitHubUrl(env['PATCHBAY_GITHUB_API_URL']),
    code: readCodeLimits(env),
  };
}

function readPort(text: string | undefined): number {
  const port = Number(text || 7300);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new CliError('INVALID_SETTING', `PATCHBAY_PORT is '${text}', which is no port.`, {
    fix: 'Give a number from 0 to 65535; 0 takes a free port.',
  });
}

function readGitHubUrl(text: string | undefined): string {
  const example = 'https://github.example.com/api/v3';
  return readUrl('PATCHBAY_GITHUB_API_URL', text, example) ?? 'https://api.github.com';
}

function readUrl(name: string, text: string | undefined, example: string): string | undefined {
  if (text === undefined || text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text.replace(/\/+$/, '');
  throw new CliError('INVALID_SETTING', `${name} is not an http or https URL.`, {
    fix: `Give an address like ${example}.`,
  });
}

/** @throws CliError INVALID_SETTING */
export function readRole(text: string | undefined): NodeRole {
  const role = text || 'all';
  if (role === 'all' || role === 'api' || role === 'worker') return role;
  throw new CliError('INVALID_SETTING', `The role '${role}' is not known.`, {
    fix: 'Give all, api or worker, with --role or PATCHBAY_ROLE.',
  });
}

function readLogLevel(text: string | undefined): string {
  const level = text || 'warn';
  if (LOG_LEVELS.has(level)) return level;
  throw new CliError('INVALID_SETTING', `PATCHBAY_LOG_LEVEL is '${level}'.`, {
    fix: `Give one of ${[...LOG_LEVELS].join(', ')}.`,
  });
}
