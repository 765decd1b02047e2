import { OUTLET_FIELDS, type OutletField, type OutletKind, channelsRefusals as refusals } from '@tongxin/contract'
import { servicesOf } from './adapters/push.ts'

const HOST = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i
const MAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,189}$)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/

/** A mail address as it is written on keyboards; the quoted forms of RFC 5321 are nobody's in practice. */
export const isMail = (text: string): boolean => MAIL.test(text)
export const isMobile = (text: string): boolean => /^1[3-9]\d{9}$/.test(text)

function isUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.hash
}

const RIGHT: Readonly<Record<OutletField['kind'], (text: string, field: OutletField) => boolean>> = {
  text: (text) => text.length <= 500,
  host: (text) => HOST.test(text),
  port: (text) => /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) <= 65535,
  mail: isMail,
  url: isUrl,
  choice: (text, { options }) => options?.includes(text) ?? false,
  hosts: (text) =>
    servicesOf(text).length > 0 &&
    servicesOf(text).every((host) => HOST.test(host.replace(/^\*\./, '').replace(/:\d{1,5}$/, ''))),
  aesKey: (text) => /^[A-Za-z0-9+/]{43}$/.test(text),
  webhookSecret: (text) => /^(whsec_)?[A-Za-z0-9+/]{32,88}={0,2}$/.test(text),
}

type Sorted = { readonly settings: Record<string, string>; readonly secrets: Record<string, string> }

/**
 * Settings and secrets of a form, apart. A secret that is not given stays as it was; a setting that is not given is
 * what stands initially. @throws Refusal `channels.setting_unknown`, `.setting_missing`, `.setting_wrong`
 */
export function sortFields(kind: OutletKind, given: Readonly<Record<string, string>>, known: Sorted): Sorted {
  const fields = OUTLET_FIELDS[kind]
  for (const name of Object.keys(given))
    if (!fields.some((field) => field.name === name && !field.isMade))
      throw refusals.setting_unknown.at(`/body/settings/${name}`, { name })
  const settings: Record<string, string> = {}
  const secrets: Record<string, string> = { ...known.secrets }
  for (const field of fields) {
    const { name } = field
    if (field.isMade) {
      if (!field.isSecret) settings[name] = known.settings[name] ?? ''
      continue
    }
    const text = (given[name] ?? '').trim() || (field.isSecret ? (secrets[name] ?? '') : (field.initial ?? ''))
    if (!text && !field.isOptional) throw refusals.setting_missing.at(`/body/settings/${name}`, { name })
    if (text && !RIGHT[field.kind](text, field))
      throw refusals.setting_wrong.at(`/body/settings/${name}`, {
        name,
        ...(field.example ? { example: field.example } : {}),
      })
    if (text) (field.isSecret ? secrets : settings)[name] = text
  }
  return { settings, secrets }
}
