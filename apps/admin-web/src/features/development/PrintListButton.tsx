import { useMutation } from '@tanstack/react-query'
import type { Search } from '@tongxin/client/screen'
import { Button, Select } from '@tongxin/ui'
import { Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { saveListPrint } from './development.api.ts'

const FORMS = ['names', 'vote_summary', 'oath'] as const
const FORMATS = ['pdf', 'docx'] as const

/** The list as filtered, on paper: names, the summary of ballots, or the roster of an oath. */
export function PrintListButton({ search }: { search: Search }) {
  const { t, i18n } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [form, setForm] = useState<(typeof FORMS)[number] | ''>('names')
  const [format, setFormat] = useState<(typeof FORMATS)[number] | ''>('pdf')
  const print = useMutation({
    mutationFn: () => saveListPrint(search, form || 'names', format || 'pdf', i18n.language),
    onSuccess: () => setOpen(false),
  })
  return (
    <>
      <Button icon={<Printer size="1.1em" aria-hidden="true" />} onClick={() => setOpen(true)}>
        {t('development.print')}
      </Button>
      {isOpen ? (
        <FormDialog
          title={t('development.printTitle')}
          verb={t('development.print')}
          lead={t('development.printLead')}
          isBusy={print.isPending}
          error={print.error}
          onClose={() => setOpen(false)}
          onSubmit={() => print.mutate()}
        >
          <Select
            label={t('development.form')}
            required
            value={form}
            onChange={setForm}
            options={FORMS.map((value) => ({ value, label: t(`words.development.form.${value}`) }))}
          />
          <Select
            label={t('shared.format')}
            required
            value={format}
            onChange={setFormat}
            options={FORMATS.map((value) => ({ value, label: t(`development.format.${value}`) }))}
          />
        </FormDialog>
      ) : null}
    </>
  )
}
