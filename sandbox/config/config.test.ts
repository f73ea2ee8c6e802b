import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

function refusal(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('was accepted');
}

describe('readConfig', () => {
  it('needs nothing', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 4321,
      trustProxy: 0,
      supervised: false,
      originsGiven: false,
    });
    expect(config.origins).toEqual(['http://localhost:4321', 'http://127.0.0.1:4321']);
    expect(Object.isFrozen(config) && Object.isFrozen(config.limits) && Object.isFrozen(config.origins)).toBe(true);
  });

  it('reads what is set, and an empty value as not set', () => {
    const config = readConfig({
      PORT: '80',
      HOST: '::1',
      SLIPWAY_MEMORY_MB: '512',
      SLIPWAY_LOG: '',
      SLIPWAY_GO_PROXY: 'https://proxy.example/go/',
      HOME: '/home/someone',
    });
    expect(config.origins).toEqual(['http://localhost', 'http://127.0.0.1', 'http://[::1]']);
    expect(config.limits.memoryBytes).toBe(512 * 1024 * 1024);
    expect(config.logLevel).toBe('info');
    expect(config.goProxy).toBe('https://proxy.example/go');
  });

  it('takes several origins, each once, exactly as a browser writes them', () => {
    const config = readConfig({ SLIPWAY_ORIGIN: ' https://a.example  http://b.example:8080 https://a.example ' });
    expect(config.origins).toEqual(['https://a.example', 'http://b.example:8080']);
    expect(config.originsGiven).toBe(true);
  });

  it.each([
    ['https://a.example/'],
    ['https://a.example/path'],
    ['https://A.example'],
    ['https://a.example:443'],
    ['https://u:p@a.example'],
    ['ftp://a.example'],
    ['a.example'],
    ['null'],
    ['*'],
    ['https://a.example,https://b.example'],
    [' '],
  ])('refuses the origin %j', (origin) => {
    expect(refusal({ SLIPWAY_ORIGIN: origin })).toMatch(/^SLIPWAY_ORIGIN: read .*expected http:\/\/host/);
  });

  it.each([
    ['PORT', '0', 'expected a whole number from 1 to 65535'],
    ['PORT', '65536', 'expected a whole number from 1 to 65535'],
    ['PORT', '80x', 'expected a whole number from 1 to 65535'],
    ['PORT', '1e3', 'expected a whole number from 1 to 65535'],
    ['HOST', 'two words', 'expected an IP address or a host name'],
    ['HOST', 'http://localhost', 'expected an IP address or a host name'],
    ['SLIPWAY_ALLOW_ROOTFUL', 'yes', 'expected 0 or 1'],
    ['SLIPWAY_SUPERVISED', 'true', 'expected 0 or 1'],
    ['SLIPWAY_TRUST_PROXY', '-1', 'expected a whole number from 0 to 8'],
    ['SLIPWAY_STATE', 'relative/path', 'expected an absolute path'],
    ['SLIPWAY_INSTANCE', 'No Spaces', 'expected a name of a-z'],
    ['SLIPWAY_LOG', 'loud', 'Invalid option'],
    ['DOCKER_HOST', 'ssh://elsewhere', 'expected unix:///path or tcp://host:port'],
    ['SLIPWAY_IDLE_SECONDS', '0', 'expected a whole number from 1 to 86400'],
    ['SLIPWAY_GO_PROXY', 'direct', 'expected an http or https address'],
  ])('refuses %s=%j by name, with what was read and what is allowed', (key, value, allowed) => {
    const message = refusal({ [key]: value });
    expect(message.startsWith(`${key}: read ${JSON.stringify(value)}; `)).toBe(true);
    expect(message).toContain(allowed);
  });

  it('refuses a setting it does not know, naming those it does', () => {
    expect(refusal({ SLIPWAY_PORT: '1' })).toMatch(/^SLIPWAY_PORT: no such setting; known are .*SLIPWAY_ORIGIN/);
  });

  it('names everything that is wrong at once', () => {
    const lines = refusal({ PORT: 'x', SLIPWAY_ORIGIN: '*', SLIPWAY_NONSENSE: '1' }).split('\n');
    expect(lines.map((line) => line.split(':')[0]).sort()).toEqual(['PORT', 'SLIPWAY_NONSENSE', 'SLIPWAY_ORIGIN']);
  });
});
