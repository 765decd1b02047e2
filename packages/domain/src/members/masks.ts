import type { MemberField } from './fields.ts'

const stars = (count: number): string => '*'.repeat(Math.max(count, 0))

/** `110***********1234`: the first three and the last four characters (personal information is shown masked). */
export function maskIdNumber(id: string): string {
  return id.length < 8 ? stars(id.length) : `${id.slice(0, 3)}${stars(id.length - 7)}${id.slice(-4)}`
}

/** `138****5678`; a number too short to hide enough is hidden wholly. */
export function maskPhone(phone: string): string {
  return phone.length < 8 ? stars(phone.length) : `${phone.slice(0, 3)}${stars(phone.length - 7)}${phone.slice(-4)}`
}

/** `王**`: the first character, so that whoever knows the person recognises the name and nobody else learns it. */
export function maskName(name: string): string {
  const characters = [...name]
  return `${characters.slice(0, 1).join('')}${stars(Math.min(Math.max(characters.length - 1, 1), 6))}`
}

/** Masks a sealed field; texts keep their first two characters at most a third of their length. */
export function maskField(field: MemberField, value: string): string {
  if (field === 'idNumber') return maskIdNumber(value)
  if (field === 'phone' || field === 'landline') return maskPhone(value)
  if (field === 'email') return `${value.slice(0, 1)}***${value.slice(Math.max(value.lastIndexOf('@'), 1))}`
  const characters = [...value]
  const shown = field === 'health' ? 0 : Math.min(2, Math.floor(characters.length / 3))
  return `${characters.slice(0, shown).join('')}${stars(Math.min(characters.length - shown, 6))}`
}
