import { type Refused, useRefusalWords } from '@tongxin/ui'

/** What is wrong with one field of a form, by the JSON pointer of the refusal: `errors('/body/password')`. */
export function useFieldErrors(error: unknown): (field: string) => string | undefined {
  const words = useRefusalWords()
  const fields = (error as Partial<Refused> | null)?.fields ?? []
  return (field) => {
    const found = fields.find((one) => one.field === field)
    if (!found) return undefined
    const { reason, remedy } = words(found.code, found.detail)
    return `${reason} ${remedy}`
  }
}

/** The refusal as a whole, unless a field of the form already says it. */
export const unlessAtField = (error: unknown, fields: readonly string[]): unknown =>
  ((error as Partial<Refused> | null)?.fields ?? []).some(({ field }) => fields.includes(field)) ? null : error
