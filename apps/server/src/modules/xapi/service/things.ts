import { xapiRefusals as refusals } from '@tongxin/contract'
import type { Platform } from '../../../platform/platform.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import { definitionsOf } from '../queries/reading.queries.ts'
import { agentAt } from '../statement/actor.ts'
import { iriAt } from '../statement/shape.ts'
import { type Answer, type Call, jsonIn, neededParam, onlyKnown } from '../xapi.call.ts'
import { agentKeyOf, atHome, iriKeyOf } from '../xapi.keys.ts'
import { type Caller, demand } from './caller.ts'

const json = (value: unknown, headers: Record<string, string> = {}): Answer => ({
  status: 200,
  type: 'application/json',
  body: JSON.stringify(value),
  headers,
})

/**
 * `GET /xapi/agents`: the person behind an agent. Which other names a member has is told to no program: the answer holds
 * what was asked, in the form of a person.
 */
export async function person(platform: Platform, caller: Caller, call: Call): Promise<Answer> {
  demand(caller, 'profile', 'statements/read', 'statements/read/mine')
  onlyKnown(call, ['agent'])
  const agent = agentAt(jsonIn(neededParam(call, 'agent'), '/query/agent'), '/query/agent')
  if (caller.launch && agentKeyOf(agent, platform.publicOrigin) !== caller.launch.memberKey)
    throw refusals.not_your_registration()
  const listed = ['name', 'mbox', 'mbox_sha1sum', 'openid', 'account'].flatMap((name) =>
    agent[name] === undefined ? [] : [[name, [agent[name]]]],
  )
  return json(
    { objectType: 'Person', ...Object.fromEntries(listed) },
    { 'last-modified': platform.clock().toUTCString() },
  )
}

/** `GET /xapi/activities`: an activity with everything that statements have said of it. */
export async function activity(platform: Platform, caller: Caller, call: Call): Promise<Answer> {
  demand(caller, 'statements/read', 'statements/read/mine', 'profile')
  onlyKnown(call, ['activityId'])
  const id = iriAt(neededParam(call, 'activityId'), '/query/activityId')
  const key = iriKeyOf(id, platform.publicOrigin)
  const scope = { tenantId: caller.tenantId, scope: caller.scope }
  const known = await inSystemTransaction(platform, scope, (tx) => definitionsOf(tx, caller.tenantId, [key]))
  const definition = known.get(key)?.definition
  const told =
    definition === undefined
      ? {}
      : { definition: JSON.parse(atHome(JSON.stringify(definition), platform.publicOrigin)) }
  return json({ objectType: 'Activity', id, ...told }, { 'last-modified': platform.clock().toUTCString() })
}

/** `GET /xapi/about`: which editions are spoken. For everybody. */
export function about(platform: Platform): Answer {
  return json(
    { version: ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '2.0.0'] },
    { 'last-modified': platform.clock().toUTCString() },
  )
}
