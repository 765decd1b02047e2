import { useMutation } from '@tanstack/react-query'
import { download } from '@tongxin/client/download'
import type { RoundRecord } from '@tongxin/contract/appraisal'
import { type GradeTable, printAppraisal } from '@tongxin/contract/appraisal.grades'
import { APPRAISAL_FORMS, type AppraisalForm } from '@tongxin/contract/appraisal.words'
import { Button, RefusalText, Select } from '@tongxin/ui'
import { FileText } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

const FORMATS = ['pdf', 'docx'] as const
const COUNTED = new Set(['grading', 'checking', 'feedback', 'reported', 'closed'])
const TOLD = new Set(['feedback', 'reported', 'closed'])

/** The working forms; each says from which step on it can be printed. */
export function PapersTab({ round, table }: { round: RoundRecord; table: GradeTable }) {
  const { t, i18n } = useTranslation()
  const [personId, setPersonId] = useState('')
  const print = useMutation({
    mutationFn: ({ form, format }: { form: AppraisalForm; format: 'pdf' | 'docx' }) =>
      download(printAppraisal, {
        params: { id: round.id },
        body: {
          form,
          format,
          language: i18n.language === 'en' ? 'en' : 'zh-CN',
          ...(form === 'registration' ? { personId } : {}),
        },
      }),
  })
  const whyNot = (form: AppraisalForm): string | undefined => {
    if (form === 'sheet') return undefined
    if (form === 'publicity') return TOLD.has(round.state) ? undefined : t('appraisal.afterConfirm')
    if (!COUNTED.has(round.state)) return t('appraisal.afterClosing')
    return form === 'registration' && personId === '' ? t('appraisal.personFirst') : undefined
  }
  return (
    <div className="appraisal-progress">
      <Select
        label={t('appraisal.registrationOf')}
        value={personId}
        onChange={setPersonId}
        options={table.rows.filter(({ isGraded }) => isGraded).map(({ id, name }) => ({ value: id, label: name }))}
      />
      <ul className="appraisal-papers">
        {APPRAISAL_FORMS.map((form) => (
          <li key={form}>
            <FileText aria-hidden="true" />
            <span>{t(`words.appraisal.form.${form}`)}</span>
            {FORMATS.map((format) => (
              <Button
                key={format}
                whyNot={whyNot(form)}
                isBusy={print.isPending && print.variables?.form === form && print.variables.format === format}
                onClick={() => print.mutate({ form, format })}
              >
                {t(`appraisal.format.${format}`)}
              </Button>
            ))}
          </li>
        ))}
      </ul>
      <RefusalText error={print.error} />
    </div>
  )
}
