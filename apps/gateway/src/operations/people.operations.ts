import { z } from 'zod';
import {
  Me,
  actAs,
  askSignInCode,
  createDoorPass,
  deleteDoorPass,
  endSignIn,
  foundCompany,
  getMe,
  inviteMember,
  listDoorPasses,
  listMembers,
  listSignIns,
  removeMember,
  signIn,
  signOut,
  updateMe,
  createCompany,
  type Caller,
  type NewCookie,
  type SignedIn,
} from '#contracts';
import type { SignInCookies } from '../auth/sign-in-cookies.js';
import { anyKey, anyone, memberKeepers, organizer } from './access.js';
import { operation, signature, type Operation } from './operation.js';

const meOfKey = ({ role, organizationId, companyId, stopId, keyId }: Caller) => ({
  role,
  organizationId: organizationId ?? null,
  companyId: companyId ?? null,
  stopId: stopId ?? null,
  keyId,
  user: null,
  memberships: [],
});

const showMe = ({ me }: SignedIn) => me;
/** The cookie of the asking browser stays: where the code comes a second time, it was used up and is from no other browser. */
const keepSignIn = (output: SignedIn, cookies: SignInCookies) => [cookies.setSignIn(output.signIn)];

const aboutMe = {
  id: 'getMe',
  method: 'GET',
  path: '/v1/me',
  tag: 'People',
  summary: 'The caller of this request',
  access: anyKey,
  takesPeople: true,
  status: 200,
} as const;

const getMeOfPerson = operation({ ...aboutMe, contract: getMe });

/** What a key is, the gateway knows; about a person and a phone accounts knows more. */
const getMeOperation = operation({
  ...aboutMe,
  signature: signature(getMe.input, Me),
  respond: meOfKey,
  variantFor: ({ signInId, userId }) =>
    signInId === undefined && userId === undefined ? undefined : getMeOfPerson,
});

const founding = operation({
  id: 'createCompany',
  method: 'POST',
  path: '/v1/companies',
  tag: 'Companies',
  summary: 'Sign up a company as its first member',
  access: anyone,
  status: 201,
  signature: createCompany,
  contract: foundCompany,
  present: ({ company, apiKey }: { company: unknown; apiKey: string }) => ({ company, apiKey }),
  setsCookies: ({ signIn: cookie }: { signIn: NewCookie }, cookies: SignInCookies) => [
    cookies.setSignIn(cookie),
  ],
  endsOwnSignIn: true,
});

/** A person signs a company up as its first member; an API key and the public as anybody. */
export const foundingVariant = ({ userId, signInId }: Caller): Operation | undefined =>
  userId === undefined || signInId === undefined ? undefined : founding;

export const peopleOperations = [
  operation({
    id: 'askSignInCode',
    method: 'POST',
    path: '/v1/sign-in/codes',
    tag: 'People',
    summary: 'Ask for a mail with a code and a link to sign in',
    description:
      'Answers the same whether anybody is known there or not. Code and link are good for ten minutes, one sign-in and ' +
      'five tries, and end older ones. The answer sets a cookie: the code works with it alone. At most 5 mails an hour ' +
      'and address, 20 an hour and network.',
    access: anyone,
    status: 202,
    signature: signature(askSignInCode.input.omit({ browser: true }), z.object({}), askSignInCode.errors),
    contract: askSignInCode,
    needsBaseUrl: true,
    needsBrowser: true,
    isWayIn: true,
    present: () => ({}),
    setsCookies: ({ asking }: { asking: NewCookie }, cookies: SignInCookies) => [cookies.setAsking(asking)],
  }),
  operation({
    id: 'signIn',
    method: 'POST',
    path: '/v1/sign-in',
    tag: 'People',
    summary: 'Sign in by code, link, door pass or API key',
    description:
      'The answer is that of `GET /v1/me`, and sets the cookie of the sign-in: 30 days, 12 hours where it is made from ' +
      'an API key, and with a door pass until a day after the end of its stop. A link that is opened in another browser ' +
      'than the one that asked wants `confirm: true`.',
    access: anyone,
    status: 200,
    signature: signature(signIn.input.omit({ browser: true }), Me, [...signIn.errors]),
    contract: signIn,
    needsBrowser: true,
    isWayIn: true,
    present: showMe,
    setsCookies: keepSignIn,
    endsOwnSignIn: true,
  }),
  operation({
    id: 'signOut',
    method: 'POST',
    path: '/v1/sign-out',
    tag: 'People',
    summary: 'End the own sign-in',
    access: anyone,
    takesPeople: true,
    status: 204,
    contract: signOut,
    isWayIn: true,
    setsCookies: (_output: null, cookies: SignInCookies) => [cookies.clearSignIn()],
    endsOwnSignIn: true,
  }),
  getMeOperation,
  operation({
    id: 'updateMe',
    method: 'PATCH',
    path: '/v1/me',
    tag: 'People',
    summary: "Change the signed-in person's name and language",
    access: anyKey,
    takesPeople: true,
    status: 200,
    contract: updateMe,
  }),
  operation({
    id: 'actAs',
    method: 'PUT',
    path: '/v1/me/acting-as',
    tag: 'People',
    summary: 'Act as another membership from now on',
    description: 'The sign-in goes on with a new cookie; the one before ends.',
    access: anyKey,
    takesPeople: true,
    status: 200,
    signature: signature(actAs.input, Me, actAs.errors),
    contract: actAs,
    present: showMe,
    setsCookies: keepSignIn,
    endsOwnSignIn: true,
  }),
  operation({
    id: 'listSignIns',
    method: 'GET',
    path: '/v1/me/sign-ins',
    tag: 'People',
    summary: "The signed-in person's sign-ins",
    description: 'With an API key: the sign-ins that were made with it.',
    access: anyKey,
    takesPeople: true,
    status: 200,
    contract: listSignIns,
  }),
  operation({
    id: 'endSignIn',
    method: 'DELETE',
    path: '/v1/me/sign-ins/{id}',
    tag: 'People',
    summary: 'End a sign-in',
    description: 'It is refused everywhere within a second.',
    access: anyKey,
    takesPeople: true,
    status: 204,
    contract: endSignIn,
    endsSignIn: true,
  }),
  operation({
    id: 'listMembers',
    method: 'GET',
    path: '/v1/members',
    tag: 'People',
    summary: 'The members of the own organization or company',
    access: memberKeepers,
    status: 200,
    contract: listMembers,
  }),
  operation({
    id: 'inviteMember',
    method: 'POST',
    path: '/v1/members',
    tag: 'People',
    summary: 'Invite a person',
    description:
      'Joined by the first sign-in with that address. Inviting again sends the mail again and makes nothing new.',
    access: memberKeepers,
    status: 201,
    contract: inviteMember,
    needsBaseUrl: true,
  }),
  operation({
    id: 'removeMember',
    method: 'DELETE',
    path: '/v1/members/{id}',
    tag: 'People',
    summary: 'Remove a member, or take an invitation back',
    description: 'Sign-ins that act as this membership end. Who belongs to nothing else is erased.',
    access: memberKeepers,
    status: 204,
    contract: removeMember,
  }),
  operation({
    id: 'createDoorPass',
    method: 'POST',
    path: '/v1/stops/{stopId}/door-passes',
    tag: 'Check-in',
    summary: 'Make a pass that signs one phone in at the door',
    description:
      'Its `url`, shown as a QR code, works once; the phone is staff of the stop until a day after its end.',
    access: organizer,
    status: 201,
    contract: createDoorPass,
    needsBaseUrl: true,
  }),
  operation({
    id: 'listDoorPasses',
    method: 'GET',
    path: '/v1/stops/{stopId}/door-passes',
    tag: 'Check-in',
    summary: 'The door passes of a stop',
    access: organizer,
    status: 200,
    contract: listDoorPasses,
  }),
  operation({
    id: 'deleteDoorPass',
    method: 'DELETE',
    path: '/v1/stops/{stopId}/door-passes/{id}',
    tag: 'Check-in',
    summary: 'End a door pass, and the sign-in that was made with it',
    access: organizer,
    status: 204,
    contract: deleteDoorPass,
  }),
];
