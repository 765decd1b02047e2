import type { MemberRecord } from '@tongxin/contract/members'
import { type FieldGroup, isSealed, MEMBER_FIELD_NAMES, MEMBER_FIELDS } from '@tongxin/domain/members/fields'
import { Lamp, MaskedField } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { reveal } from './members.api.ts'
import { useMemberWords } from './use-member-words.ts'

/** One group of fields: what is filled in, what the score misses, and doubts about them. */
export function FieldsTab({ record, group }: { record: MemberRecord; group: FieldGroup }) {
  const { t } = useTranslation()
  const { word, fieldLabel, valueText } = useMemberWords()
  const names = MEMBER_FIELD_NAMES.filter((field) => MEMBER_FIELDS[field].group === group)
  const doubts = record.findings.filter((finding) => finding.fields.some((field) => names.includes(field)))
  return (
    <>
      {doubts.map((doubt) => (
        <p key={doubt.code} role="note">
          <Lamp state={doubt.severity === 'stop' ? 'late' : 'warn'}>{word('quality', doubt.code)}</Lamp>
        </p>
      ))}
      <dl className="member-fields">
        {names.map((field) => {
          const value = record.fields[field] ?? null
          if (value === null && MEMBER_FIELDS[field].weight === 0) return null
          return (
            <div key={field} data-missing={value === null || undefined}>
              <dt>{fieldLabel(field)}</dt>
              <dd>
                {value !== null && isSealed(field) ? (
                  <MaskedField
                    label={fieldLabel(field)}
                    masked={value}
                    onReveal={(purpose) => reveal(record.card.id, field, purpose)}
                    whyNot={record.can.reveal ? undefined : t('shared.notYourPost')}
                  />
                ) : (
                  (valueText(field, value) ?? t('members.notFilled'))
                )}
              </dd>
            </div>
          )
        })}
      </dl>
    </>
  )
}
