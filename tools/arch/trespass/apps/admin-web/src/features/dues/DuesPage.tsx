// features-are-islands
import { VotingPage } from '../voting/VotingPage.tsx'

export const DuesPage = VotingPage
