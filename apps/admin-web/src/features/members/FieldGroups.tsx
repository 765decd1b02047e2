import { isSealed, MEMBER_FIELD_NAMES, MEMBER_FIELDS, type MemberField } from '@tongxin/domain/members/fields'
import { qualityOf } from '@tongxin/domain/members/quality'
import { dateOf, Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { FactField } from './FactField.tsx'
import { type FormFacts, withField } from './member-form.ts'
import { useMemberWords } from './use-member-words.ts'

const GROUPS = ['identity', 'party', 'work', 'contact', 'circumstances'] as const
/** What a new record must say (contract: `review.incomplete`). */
const NEEDED: readonly MemberField[] = ['name', 'idNumber', 'category']

/** All fields of a record in groups; those that count for completeness are open, the rest folded below them. */
export function FieldGroups(props: {
  facts: FormFacts
  isNew: boolean
  onChange: (facts: FormFacts) => void
  errorAt: (pointer: string) => string | undefined
}) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  const { facts, isNew, errorAt } = props
  const today = dateOf(Date.now())
  const doubts = qualityOf(facts, today).filter((doubt) => doubt.code !== 'id_invalid' || facts.idNumber?.length === 18)
  const one = (field: MemberField) => (
    <FactField
      key={field}
      field={field}
      value={facts[field] ?? ''}
      required={isNew && NEEDED.includes(field)}
      help={!isNew && isSealed(field) ? t('members.sealedStays') : undefined}
      error={errorAt(`/body/facts/${field}`)}
      onChange={(value) => props.onChange(withField(facts, field, value, today))}
    />
  )
  return (
    <>
      {GROUPS.map((group) => {
        const fields = MEMBER_FIELD_NAMES.filter((field) => MEMBER_FIELDS[field].group === group)
        const main = fields.filter((field) => MEMBER_FIELDS[field].weight > 0)
        const rest = fields.filter((field) => MEMBER_FIELDS[field].weight === 0)
        const isRestNeeded = rest.some((field) => facts[field] || errorAt(`/body/facts/${field}`))
        return (
          <fieldset key={group} className="field-group">
            <legend>{t(`members.group.${group}`)}</legend>
            {main.map(one)}
            {rest.length > 0 ? (
              <details open={isRestNeeded}>
                <summary>{t('members.moreFields', { count: rest.length })}</summary>
                <div className="field-group">{rest.map(one)}</div>
              </details>
            ) : null}
          </fieldset>
        )
      })}
      {doubts.length > 0 ? (
        <ul className="doubts" aria-label={t('members.doubts')}>
          {doubts.map((doubt) => (
            <li key={doubt.code}>
              <Lamp state={doubt.severity === 'stop' ? 'late' : 'warn'}>{word('quality', doubt.code)}</Lamp>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}
