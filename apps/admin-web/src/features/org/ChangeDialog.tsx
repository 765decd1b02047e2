import { Button, DateInput, Dialog, RefusalText, TextInput } from '@tongxin/ui'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'

export type ChangeField =
  | 'name'
  | 'shortName'
  | 'effectiveOn'
  | 'documentNumber'
  | 'fromOn'
  | 'untilOn'
  | 'ordinal'
  | 'seats'
  | 'approvedOn'
  | 'reportedOn'
  | 'reason'
export type ChangeValues = Partial<Record<ChangeField, string>>
const DATES = new Set<ChangeField>(['effectiveOn', 'fromOn', 'untilOn', 'approvedOn', 'reportedOn'])
const OPTIONAL = new Set<ChangeField>(['shortName', 'ordinal', 'seats'])

/** One change as a small form: the named fields in order, errors at their fields, one act. */
export function ChangeDialog(props: {
  title: string
  verb: string
  fields: readonly ChangeField[]
  first?: ChangeValues
  optional?: readonly ChangeField[]
  isDanger?: boolean
  lead?: ReactNode
  children?: ReactNode
  whyNot?: string | undefined
  error: unknown
  isBusy: boolean
  onSubmit: (values: ChangeValues) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [values, setValues] = useState<ChangeValues>(props.first ?? {})
  const errorAt = useFieldErrors(props.error)
  const isNeeded = (field: ChangeField) => !OPTIONAL.has(field) && !(props.optional ?? []).includes(field)
  const missing = props.fields.find((field) => isNeeded(field) && !values[field]?.trim())
  const whyNot = props.whyNot ?? (missing ? t('org.fillFirst', { field: t(`org.field.${missing}`) }) : undefined)
  const labels = Object.fromEntries(props.fields.map((field) => [`/body/${field}`, t(`org.field.${field}`)]))
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={props.title}
      acts={
        <>
          <Button onClick={props.onClose}>{t('ui.back')}</Button>
          <Button
            kind={props.isDanger ? 'danger' : 'primary'}
            isBusy={props.isBusy}
            whyNot={whyNot}
            onClick={() => props.onSubmit(values)}
          >
            {props.verb}
          </Button>
        </>
      }
    >
      <div className="org-dialog">
        {props.lead}
        <RefusalText error={props.error} labels={labels} />
        {props.children}
        {props.fields.map((field) => {
          const wiring = {
            label: t(`org.field.${field}`),
            value: values[field] ?? '',
            onChange: (value: string) => setValues((known) => ({ ...known, [field]: value })),
            required: isNeeded(field),
            error: errorAt(`/body/${field}`),
          }
          return DATES.has(field) ? <DateInput key={field} {...wiring} /> : <TextInput key={field} {...wiring} />
        })}
      </div>
    </Dialog>
  )
}
