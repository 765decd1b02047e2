/**
 * Routes that answer a write without leaving an event, each with its reason. Everything else that changes something is
 * in the audit; the test of `openFixture` fails for a route that is neither.
 */
export const SILENT_ROUTES: Readonly<Record<string, string>> = {
  'PUT /saved-filters/:list': 'a convenience of the own desk: which filters somebody likes is nobody else’s business',
  'DELETE /saved-filters/:list/:id': 'a convenience of the own desk, as above',
  'POST /saved-filters/:list/:id/restore': 'a convenience of the own desk, as above',
  'PUT /saved-filters/:list/default': 'a convenience of the own desk, as above',
  'POST /orgs/:id/move/plan': 'reads under locks and writes nothing: the move itself is told',
  'POST /development-cases/:id/steps/check': 'asks the rules about a step and writes nothing: recording it is told',
  'POST /orgs/:id/merge/plan': 'reads under locks and writes nothing: the merge itself is told',
  'POST /member-merges/plan': 'reads under locks and writes nothing: the merge itself is told',
  'POST /topics/:id/merge/plan': 'reads under locks and writes nothing: the merge itself is told',
  'POST /transfers/preview': 'reads and writes nothing: the batch itself is told',
  'POST /transfers/destinations': 'looks for a name beyond the own scope, which needs a transaction; writes nothing',
  'POST /exam-question-imports': 'a check of a file writes nothing: what is written is told',
  'PUT /my/exam-sittings/:id/answers': 'saved every few seconds while one writes: beginning and handing in are told',
  'PUT /my/appraisals/:id/self-review': 'a draft of the own, kept while one writes: handing it in is told',
  'POST /appraisal-codes/read': 'reads the sheet of a code, which must not stand in an address; writes nothing',
  'POST /transcripts/verify': 'reads what stands behind a code, which must not stand in an address; writes nothing',
  'POST /me/totp': 'a secret that is not in force: the confirmation by its first code is told',
  'POST /me/passkeys/options': 'a challenge, used up by the addition, which is told',
  'POST /cast/ballots': 'a ballot: whatever told of it would tell when it was cast',
  'POST /my/votes/:id/draw/options': 'a challenge for the drawing, which is told',
  'POST /session/passkey-options': 'a challenge, used up by showing the passkey, which is told',
  'PUT /courses/:id/draft': 'a draft, kept while one writes: handing it in, and what it became, is told',
  'POST /my/learning/progress': 'places in the own courses, many a minute: finishing a course is told and stated',
  'POST /my/packages/:id/launch': 'who has begun goes on with the same: the first beginning is told',
  'POST /my/package-attempts/:id/commit': 'the data model of a package, many a minute: its end is told and stated',
  'PUT /my/courses/:id/favourite': 'wishes of the own: what somebody likes is nobody else’s business',
}
