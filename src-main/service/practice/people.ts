/** The practice account's address: nobody can sign up with it. */
export const practiceEmail = 'practice@epistle.example'

/** Whom the practice account may write to (resources/service/README.md, people with a fixed place). */
export const practiceContacts = [
  { facilityId: 'cedar-state', number: '448213' },
  { facilityId: 'cedar-state', number: '448214' },
  { facilityId: 'cedar-state', number: '448216' }
] as const

/** Two letters that wait in a new practice Inbox: from Daniel Reyes and from Luis Ortega, both made up. */
export const welcomeLetters = [
  {
    ...practiceContacts[0],
    subject: 'Hello from Cedar State',
    body: 'Hello,\n\nthe chaplain said somebody from a parish might write to me. I would like that. I am not much of a talker, but I like to hear how people are, and I always answer.\n\nWe had rain for two days and then the whole yard smelled of earth. It made me think of my grandmother’s garden.\n\nI look forward to your letter.\n\nDaniel'
  },
  {
    ...practiceContacts[1],
    subject: 'Thank you for the card',
    body: 'Good morning,\n\nthank you for the Easter card your group sent to our unit. I keep it above the bunk. Some of us read the psalm on the back aloud on Sunday evening, one line each.\n\nIf you have the time to write, tell me something about your town.\n\nLuis'
  }
] as const
