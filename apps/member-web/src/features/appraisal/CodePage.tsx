import { useWrite } from '@tongxin/client/use-write'
import { readSheetByCode, returnSheetByCode } from '@tongxin/contract/appraisal.own'
import { Button, RefusalText, TextInput } from '@tongxin/ui'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OutsideFrame } from '../../shared/OutsideFrame.tsx'
import { unlessAtField, useFieldErrors } from '../../shared/use-field-errors.ts'
import { SheetForm } from './SheetForm.tsx'
import './appraisal.css'

const LETTERS = 16

/** For raters outside the branch: the code of a drawn slip opens one sheet. No account, no name, nothing kept. */
export function Page() {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const open = useWrite(readSheetByCode)
  const put = useWrite(returnSheetByCode)
  const errorAt = useFieldErrors(open.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    open.mutate({ body: { code: code.trim() } })
  }
  if (put.isSuccess)
    return (
      <OutsideFrame title={t('appraisal.thanks')} lead={t('appraisal.thanksLead')}>
        {null}
      </OutsideFrame>
    )
  if (open.data)
    return (
      <OutsideFrame title={t('appraisal.yearOf', { year: open.data.year })} lead={open.data.orgName}>
        <SheetForm
          sheet={open.data}
          isBusy={put.isPending}
          error={put.error}
          onPutIn={(marks) => put.mutate({ body: { code: code.trim(), marks } })}
        />
      </OutsideFrame>
    )
  const isShort = code.replaceAll(/[^0-9A-Za-z]/g, '').length < LETTERS
  return (
    <OutsideFrame title={t('appraisal.byCode')} lead={t('appraisal.byCodeLead')}>
      <form onSubmit={submit}>
        <TextInput
          label={t('appraisal.code')}
          help={t('appraisal.codeHelp')}
          value={code}
          onChange={setCode}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={24}
          required
          error={errorAt('/body/code')}
        />
        <RefusalText error={unlessAtField(open.error, ['/body/code'])} />
        <Button
          kind="primary"
          wide
          type="submit"
          isBusy={open.isPending}
          whyNot={isShort ? t('appraisal.codeFirst') : undefined}
        >
          {t('appraisal.openSheet')}
        </Button>
      </form>
    </OutsideFrame>
  )
}
