import { useWrite } from '@tongxin/client/use-write'
import { readSheetByCode, returnSheetByCode } from '@tongxin/contract/appraisal.own'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeForm } from '../../shared/CodeForm.tsx'
import { OutsideFrame } from '../../shared/OutsideFrame.tsx'
import { SheetForm } from './SheetForm.tsx'
import './appraisal.css'

/** For raters outside the branch: the code of a drawn slip opens one sheet. No account, no name, nothing kept. */
export function Page() {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const open = useWrite(readSheetByCode)
  const put = useWrite(returnSheetByCode)
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
  return (
    <OutsideFrame title={t('appraisal.byCode')} lead={t('appraisal.byCodeLead')}>
      <CodeForm
        words={{
          label: t('appraisal.code'),
          help: t('appraisal.codeHelp'),
          verb: t('appraisal.openSheet'),
          codeFirst: t('appraisal.codeFirst'),
        }}
        code={code}
        onChange={setCode}
        isBusy={open.isPending}
        error={open.error}
        onSubmit={(given) => open.mutate({ body: { code: given } })}
      />
    </OutsideFrame>
  )
}
