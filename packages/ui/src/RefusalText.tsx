import { useTranslation } from 'react-i18next'

type Facts = Readonly<Record<string, unknown>>
/** What RefusalText reads of an error: the code chooses the text, the rest fills it. */
export type Refused = {
  readonly code: string
  readonly detail?: Facts
  readonly fields?: readonly { readonly field: string; readonly code: string; readonly detail?: Facts }[]
  readonly requestId?: string | null
}

const isRefused = (error: unknown): error is Refused =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'

const flat = (facts: Facts | undefined) =>
  Object.fromEntries(
    Object.entries(facts ?? {}).map(([name, value]) => [name, Array.isArray(value) ? value.join('、') : value]),
  )

/** Reason and remedy of one code in the reader's language; an unknown code says so rather than showing itself. */
export function useRefusalWords(): (code: string, facts?: Facts) => { reason: string; remedy: string } {
  const { t, i18n } = useTranslation()
  return (code, facts) => {
    const known = i18n.exists(`refusal.${code}.reason`) ? code : 'client.unknown'
    const fill = { code, ...flat(facts) }
    return { reason: t(`refusal.${known}.reason`, fill), remedy: t(`refusal.${known}.remedy`, fill) }
  }
}

/**
 * Why something was refused and what to do, in the reader's language, by code. `labels` names the fields of the form
 * (JSON pointer to label) so that the list on top says which place is meant.
 */
export function RefusalText({ error, labels }: { error: unknown; labels?: Readonly<Record<string, string>> }) {
  const { t } = useTranslation()
  const words = useRefusalWords()
  if (error === null || error === undefined) return null
  const refused: Refused = isRefused(error) ? error : { code: 'client.bug' }
  const { reason, remedy } = words(refused.code, refused.detail)
  return (
    <div className="tx-refusal" role="alert">
      <strong>{reason}</strong>
      <span>{remedy}</span>
      {refused.fields?.length ? (
        <ul>
          {refused.fields.map((field) => {
            const at = words(field.code, field.detail)
            return (
              <li key={`${field.field} ${field.code}`}>
                {labels?.[field.field] ?? field.field}
                {t('ui.colon')}
                {at.reason} {at.remedy}
              </li>
            )
          })}
        </ul>
      ) : null}
      {refused.requestId ? <small className="tx-cite">{t('ui.requestId', { id: refused.requestId })}</small> : null}
    </div>
  )
}
