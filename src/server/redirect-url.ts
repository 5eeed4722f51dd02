import type { FastifyRequest } from 'fastify';

/** Where identity providers send people back to: at the public address, else at the one this request came to. */
export function readRedirectUrl(request: FastifyRequest, publicUrl: string | undefined): string {
  return `${publicUrl ?? `${request.protocol}://${request.host}`}/oauth/callback`;
}
