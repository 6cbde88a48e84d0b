import { listSignups, removeSignup, signUpDelegates } from '#contracts';
import { company, companyOrOrganizer } from './access.js';
import { operation } from './operation.js';

const tag = 'Sign-ups';

export const signUpsOperations = [
  operation({
    id: 'signUpDelegates',
    method: 'POST',
    path: '/v1/sessions/{id}/signups',
    tag,
    summary: 'Sign delegates up for a session, all or none',
    access: company,
    status: 201,
    contract: signUpDelegates,
  }),
  operation({
    id: 'removeSignup',
    method: 'DELETE',
    path: '/v1/sessions/{id}/signups/{delegateId}',
    tag,
    summary: "Take back a delegate's sign-up",
    access: companyOrOrganizer,
    status: 204,
    contract: removeSignup,
  }),
  operation({
    id: 'listSignups',
    method: 'GET',
    path: '/v1/sessions/{id}/signups',
    tag,
    summary: 'Who signed up for a session; a company sees its own delegates',
    access: companyOrOrganizer,
    status: 200,
    contract: listSignups,
  }),
];
