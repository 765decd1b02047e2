import type { CourseRecord } from '@tongxin/contract/learning'
import { Button, Lamp, RefusalText } from '@tongxin/ui'
import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChaptersEditor } from './ChaptersEditor.tsx'
import { FactsForm } from './FactsForm.tsx'
import { Preview } from './Preview.tsx'
import { type Saving, useAutosave } from './use-autosave.ts'

const LAMPS = { saved: 'ok', writing: 'idle', saving: 'info', failed: 'late' } as const

/** The draft of a course: facts, chapters and blocks, saved while one writes, beside what learners will see. */
export function ContentEditor({ course }: { course: CourseRecord }) {
  const { t } = useTranslation()
  const { content, change, saving, again } = useAutosave(course)
  const [isPreviewed, setPreviewed] = useState(true)
  const returned = course.versions[0]?.returnedReason
  return (
    <div className="learning-editor" data-previewed={isPreviewed || undefined}>
      <div>
        <div className="learning-bar">
          <Lamp state={LAMPS[saving.state]}>{t(`learning.saving.${saving.state}`)}</Lamp>
          <Button
            kind="quiet"
            icon={isPreviewed ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
            onClick={() => setPreviewed(!isPreviewed)}
          >
            {t(isPreviewed ? 'learning.hidePreview' : 'learning.showPreview')}
          </Button>
        </div>
        <Failed saving={saving} again={again} />
        {returned ? (
          <p className="learning-note" role="note">
            {t('learning.returnedBecause', { reason: returned })}
          </p>
        ) : null}
        <FactsForm course={course} content={content} change={change} error={saving.error} />
        <ChaptersEditor course={course} content={content} change={change} />
      </div>
      {isPreviewed ? <Preview course={course} content={content} isPhone /> : null}
    </div>
  )
}

function Failed({ saving, again }: { saving: Saving; again: () => void }) {
  const { t } = useTranslation()
  if (saving.state !== 'failed') return null
  return (
    <div role="alert">
      <RefusalText error={saving.error} labels={{ '/body/audience/orgId': t('learning.audience') }} />
      <Button onClick={again}>{t('learning.saveAgain')}</Button>
    </div>
  )
}
