/** Requests and their replies, by name. Times are integer ms UTC on the service's clock, money integer cents. */
import * as z from 'zod'

const id = z.string().min(1).max(128)
const line = z.string().max(1_000)
const stampCount = z.int().min(0).max(1_000_000)
const time = z.int()

export const facilitySchema = z.object({
  id,
  name: line,
  state: line,
  idMask: z.object({ pattern: line, example: line, words: line }),
  charsPerStamp: z.int().positive().nullable(),
  freeMessages: z.boolean(),
  maxChars: z.int().positive(),
  maxLines: z.int().positive().nullable(),
  packages: z.array(z.object({ id, stamps: z.int().positive(), cents: z.int().min(0), label: line })),
  media: z.object({ photos: z.int().min(0), video: z.boolean() }),
  prepaidReply: z.boolean(),
  walletScope: z.enum(['state', 'facility']),
  unitWord: z.enum(['stamp', 'credit']),
  delay: z.object({ hours: z.number().min(0), workingDays: z.boolean() }),
  invitationFirst: z.boolean(),
  replyByPostOnly: z.boolean(),
  rulesText: z.string().max(4_000)
})

const personStatus = z.enum(['active', 'transferred', 'released', 'suspended'])
const personSchema = z.object({ facilityId: id, number: line, firstName: line, lastName: line, status: personStatus })
export type WirePerson = z.infer<typeof personSchema>

const walletSchema = z.object({ walletId: id, name: line, unit: z.enum(['stamp', 'credit']), balance: stampCount })

const profileSchema = z.object({ accountId: id, email: line, firstName: line, lastName: line, emessagingTermsVersion: z.string().nullable() })
export type WireProfile = z.infer<typeof profileSchema>

const signedInSchema = z.object({
  profile: profileSchema,
  /** Opens the other requests; lives in memory only. */
  sessionToken: id,
  /** Lets this PC come back without the password (offline sign-in first, the line later). Kept in the mailbox only. */
  deviceToken: id
})

const receiptSchema = z.object({ receiptNumber: id, stamps: z.int().positive(), cents: z.int().min(0), walletId: id, balance: stampCount, at: time })
const messageReceiptSchema = z.object({
  receiptNumber: id,
  messageId: id,
  stamps: stampCount,
  walletId: id,
  balance: stampCount,
  at: time,
  /** SHA-256 the service computed over what it received (canonical JSON, hex). */
  payloadHash: z.string().length(64)
})
export type WireMessageReceipt = z.infer<typeof messageReceiptSchema>

export const serviceLetterStates = ['submitted', 'screening', 'held', 'approved', 'delivered', 'replied', 'rejected', 'undeliverable'] as const

const updateSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('state'),
    seq: z.int().positive(),
    key: id,
    state: z.enum(serviceLetterStates),
    reason: z.string().max(200).nullable(),
    at: time
  }),
  z.object({
    kind: z.literal('reply'),
    seq: z.int().positive(),
    replyId: id,
    /** Key of the letter it answers. */
    key: id.nullable(),
    facilityId: id,
    number: line,
    subject: line,
    body: z.string().max(100_000),
    at: time
  })
])
export type WireUpdate = z.infer<typeof updateSchema>

const request = <Input extends z.ZodType, Reply extends z.ZodType>(input: Input, reply: Reply) => ({ input, reply })
const nothing = z.object({})

/** What a letter is, for hashing and for sending: nothing else travels. */
export const letterPayloadSchema = z.object({
  facilityId: id,
  number: line,
  subject: z.string().max(2_000),
  body: z.string().max(1_000_000),
  prepaidReply: z.boolean()
})
export type LetterPayload = z.infer<typeof letterPayloadSchema>

export const messages = {
  'identity.challenge': request(nothing, z.object({ challengeId: id, picture: z.string().max(100_000), spoken: line })),
  'identity.signUp': request(
    z.object({
      challengeId: id,
      verificationCode: line,
      email: z.string().max(1_000),
      confirmEmail: z.string().max(1_000),
      password: z.string().max(10_000),
      confirmPassword: z.string().max(10_000),
      acceptTerms: z.boolean(),
      termsVersion: line,
      questions: z.array(z.object({ questionId: line, answer: line })).length(3),
      firstName: line,
      lastName: line,
      street: line,
      city: line,
      state: line,
      zip: line,
      phone: line,
      passcode: line,
      confirmPasscode: line,
      deviceId: id
    }),
    signedInSchema
  ),
  'identity.signIn': request(z.object({ email: z.string().max(1_000), password: z.string().max(10_000), deviceId: id }), signedInSchema),
  'identity.resume': request(z.object({ deviceToken: id, deviceId: id }), z.object({ profile: profileSchema, sessionToken: id })),
  'identity.signOut': request(nothing, nothing),
  'identity.acceptTerms': request(z.object({ document: z.enum(['terms', 'emessaging']), version: line }), profileSchema),

  'directory.facilities': request(nothing, z.object({ facilities: z.array(facilitySchema) })),
  'directory.search': request(
    z.object({ query: z.string().max(5_000), state: line, facilityId: line, page: z.int().min(0).max(1_000_000), pageSize: z.int().min(1).max(100) }),
    z.object({ people: z.array(personSchema), total: z.int().min(0) })
  ),
  'directory.person': request(z.object({ facilityId: id, number: line }), personSchema),

  /** The service's own approval to write to somebody; where a facility invites first, `standing` is `invited` and a code comes by post. */
  'contacts.register': request(
    z.object({ facilityId: id, number: line }),
    z.object({ person: personSchema, standing: z.enum(['ready', 'invited']) })
  ),
  'contacts.acceptInvitation': request(z.object({ facilityId: id, number: line, code: line }), z.object({ standing: z.literal('ready') })),

  'stamps.wallets': request(nothing, z.object({ wallets: z.array(walletSchema) })),
  'stamps.purchase': request(
    z.object({
      key: id,
      facilityId: id,
      packageId: id,
      /** What the person agreed to pay; refused (409) when the package's price is another by now. */
      consentCents: z.int().min(0),
      card: z.object({ number: line, expiry: line, securityCode: line, name: line }),
      billing: z.object({ street: line, city: line, state: line, zip: line })
    }),
    receiptSchema
  ),
  /** What became of a purchase key. An unknown key is made void for ever, so that a late request cannot charge. */
  'stamps.settle': request(
    z.object({ key: id }),
    z.discriminatedUnion('outcome', [z.object({ outcome: z.literal('charged'), receipt: receiptSchema }), z.object({ outcome: z.literal('void') })])
  ),
  'stamps.statement': request(
    z.object({ after: z.int().min(0), limit: z.int().min(1).max(1_000) }),
    z.object({
      entries: z.array(z.object({ seq: z.int().positive(), walletId: id, reason: z.enum(['purchase', 'message', 'grant']), reference: id, amount: z.int(), at: time }))
    })
  ),

  'messaging.submit': request(
    z.object({
      key: id,
      payload: letterPayloadSchema,
      payloadHash: z.string().length(64),
      /** The stamps the person confirmed. The service refuses (409) when its own price is higher, and debits its own price. */
      consentStamps: stampCount
    }),
    messageReceiptSchema
  ),
  'messaging.updates': request(
    z.object({ after: z.int().min(0), limit: z.int().min(1).max(500) }),
    z.object({ updates: z.array(updateSchema), more: z.boolean(), now: time })
  )
} as const

export type Messages = typeof messages
export type MessageName = keyof Messages
export type MessageInput<N extends MessageName> = z.infer<Messages[N]['input']>
export type MessageReply<N extends MessageName> = z.infer<Messages[N]['reply']>

export const requestSchema = z.object({
  name: z.enum(Object.keys(messages) as [MessageName, ...MessageName[]]),
  token: z.string().max(256).nullable(),
  input: z.unknown()
})
