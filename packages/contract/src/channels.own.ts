import { type Static, Type } from 'typebox'
import { OUT_REACHES } from './channels.kinds.ts'
import type { Endpoint } from './endpoint.ts'
import { Empty, Id, InstantAt, nullable, oneOf, strict } from './page.ts'

const OwnAddress = Type.Object({
  id: Id,
  masked: Type.String(),
  /** Which browser or phone, for push. */
  device: nullable(Type.String()),
  verifiedAt: nullable(InstantAt),
  /** Until when the code that was sent can be given. */
  codeUntil: nullable(InstantAt),
})

export const OwnReach = Type.Object({
  reach: oneOf(OUT_REACHES),
  /** Whether the house has set up this way at all. */
  isOffered: Type.Boolean(),
  /** Whether the person wants it; urgent notices come in any case. */
  isOn: Type.Boolean(),
  leastLevel: Type.Union([Type.Literal('normal'), Type.Literal('important'), Type.Literal('urgent')]),
  addresses: Type.Array(OwnAddress),
})
export type OwnReach = Static<typeof OwnReach>

const OwnReaches = Type.Object({ rows: Type.Array(OwnReach), pushKey: nullable(Type.String()) })
const Of = strict({ reach: oneOf(OUT_REACHES) })

export const readOwnReaches = {
  method: 'GET',
  path: '/my/channels',
  permission: 'signed-in',
  summary: 'How notices reach me besides the platform itself',
  reply: OwnReaches,
} as const satisfies Endpoint

export const setOwnReach = {
  method: 'PUT',
  path: '/my/channels/:reach',
  permission: 'signed-in',
  summary: 'Whether I want notices this way; urgent ones come in any case',
  params: Of,
  body: strict({ isOn: Type.Boolean() }),
  reply: OwnReaches,
} as const satisfies Endpoint

export const askAddressCode = {
  method: 'POST',
  path: '/my/channels/codes',
  permission: 'signed-in',
  summary: 'Send a code to a mail address or telephone, to show that it is mine',
  body: strict({
    reach: oneOf(['mail', 'sms'] as const),
    address: Type.String({ minLength: 5, maxLength: 254 }),
  }),
  reply: Type.Object({ id: Id, masked: Type.String(), codeUntil: InstantAt }),
} as const satisfies Endpoint

export const confirmAddress = {
  method: 'POST',
  path: '/my/channels/addresses/:id/confirm',
  permission: 'signed-in',
  summary: 'Give the code that was sent; from then on the address is used',
  params: strict({ id: Id }),
  body: strict({ code: Type.String({ pattern: '^[0-9]{6}$' }) }),
  reply: OwnReaches,
} as const satisfies Endpoint

export const removeAddress = {
  method: 'POST',
  path: '/my/channels/addresses/:id/remove',
  permission: 'signed-in',
  summary: 'Take an address of mine out of use',
  params: strict({ id: Id }),
  body: Empty,
  reply: OwnReaches,
} as const satisfies Endpoint

export const addPushAddress = {
  method: 'POST',
  path: '/my/channels/push',
  permission: 'signed-in',
  summary: 'Notices on this device, by the subscription that the browser made (W3C Push API)',
  body: strict({
    endpoint: Type.String({ format: 'uri', maxLength: 1000 }),
    keys: strict({
      p256dh: Type.String({ pattern: '^[A-Za-z0-9_-]{80,100}=*$' }),
      auth: Type.String({ pattern: '^[A-Za-z0-9_-]{20,30}=*$' }),
    }),
    device: Type.String({ minLength: 1, maxLength: 60 }),
  }),
  reply: OwnReaches,
  unkept: true,
} as const satisfies Endpoint

export const askWechatCode = {
  method: 'POST',
  path: '/my/channels/wechat',
  permission: 'signed-in',
  summary: 'A code to send to the WeChat account, which binds the sender to me',
  body: Empty,
  reply: Type.Object({ code: Type.String(), codeUntil: InstantAt }),
  unkept: true,
} as const satisfies Endpoint
