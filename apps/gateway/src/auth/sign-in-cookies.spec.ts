import { describe, expect, it } from '@jest/globals';
import { SignInCookies } from './sign-in-cookies.js';

const token = 'A'.repeat(43);
const other = 'B'.repeat(43);

describe('the cookie of a sign-in', () => {
  it.each([
    [
      'https://tour.example.org',
      `__Host-waystop=${token}; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60`,
    ],
    ['https://127.0.0.1:3000', `__Host-waystop=${token}; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60`],
    // Without TLS, and not on this machine: browsers keep no such cookie, rather than send it over the network.
    [
      'http://tour.example.org',
      `__Host-waystop=${token}; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60`,
    ],
    [
      'http://127.0.0.1.example.com',
      `__Host-waystop=${token}; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60`,
    ],
    ['http://127.0.0.1:3000', `waystop=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60`],
    ['http://localhost:3000', `waystop=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60`],
    ['http://[::1]:3000', `waystop=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60`],
  ])('at %s', (url, expected) => {
    expect(new SignInCookies(url).setSignIn({ value: token, maxAgeSeconds: 60 })).toBe(expected);
  });

  it.each<[string, string | undefined, string | undefined]>([
    ['alone', `waystop=${token}`, token],
    ['among others', `a=b; waystop=${token}; waystop-asking=${other}`, token],
    ['not there', `waystop-asking=${other}; xwaystop=${token}`, undefined],
    ['without any cookie', undefined, undefined],
    ['twice, so one of them is of somebody else', `waystop=${token}; waystop=${other}`, undefined],
    ['of another form', 'waystop=short', undefined],
    ['with a quote', `waystop="${token}"`, undefined],
    ['under the name of TLS', `__Host-waystop=${token}`, undefined],
  ])('is read %s', (_what, header, value) => {
    expect(new SignInCookies('http://127.0.0.1:3000').signInIn(header)).toBe(value);
  });

  it('with TLS counts under its own name alone: a neighbour domain can set no such cookie', () => {
    const cookies = new SignInCookies('https://tour.example.org');
    expect(cookies.signInIn(`waystop=${other}; __Host-waystop=${token}`)).toBe(token);
    expect(cookies.signInIn(`waystop=${other}`)).toBeUndefined();
  });
});
