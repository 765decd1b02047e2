import { Button, Dialog, Select, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Day } from './CalendarPage.tsx'

/** What a day is: a holiday, a make-up workday, or an ordinary day of the week (`null`). */
export function DayDialog(props: {
  day: string
  known: Day | null
  onSave: (day: Day | null) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const { day, known } = props
  const [kind, setKind] = useState<Day['kind'] | ''>(known?.kind ?? '')
  const [name, setName] = useState(known?.name ?? '')
  const whyNot = kind === '' ? t('settings.kindFirst') : name.trim() === '' ? t('settings.nameFirst') : undefined
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={day}
      acts={
        <>
          {known ? <Button onClick={() => props.onSave(null)}>{t('settings.ordinaryDay')}</Button> : null}
          <Button
            kind="primary"
            whyNot={whyNot}
            onClick={() => kind !== '' && props.onSave({ day, kind, name: name.trim() })}
          >
            {t('settings.takeDay')}
          </Button>
        </>
      }
    >
      <div className="settings-form">
        <Select
          label={t('settings.dayKind')}
          required
          value={kind}
          onChange={setKind}
          options={(['holiday', 'workday'] as const).map((value) => ({ value, label: t(`settings.day.${value}`) }))}
        />
        <TextInput label={t('settings.dayName')} required maxLength={30} value={name} onChange={setName} />
      </div>
    </Dialog>
  )
}
