import { describe, expect, it } from 'vitest';
import { readAllowedHosts } from './allowed-hosts.ts';

describe('readAllowedHosts', () => {
  it('allows every port of a host that is listed without one', () => {
    const allowed = readAllowedHosts(['Intranet.Local']);
    expect(allowed('intranet.local', '8080')).toBe(true);
    expect(allowed('other.intranet.local', '8080')).toBe(false);
  });

  it('allows only the listed port of a host that is listed with one', () => {
    const allowed = readAllowedHosts(['127.0.0.1:4010']);
    expect(allowed('127.0.0.1', '4010')).toBe(true);
    expect(allowed('127.0.0.1', '4011')).toBe(false);
  });

  it('takes entries as they are copied from an address bar', () => {
    expect(readAllowedHosts([' http://localhost:4010/v1 '])('localhost', '4010')).toBe(true);
  });

  it('knows IPv6 addresses with and without brackets', () => {
    expect(readAllowedHosts(['[::1]:4010'])('::1', '4010')).toBe(true);
    expect(readAllowedHosts(['[::1]'])('[::1]', '80')).toBe(true);
    expect(readAllowedHosts(['::1'])('::1', '80')).toBe(true);
  });
});
