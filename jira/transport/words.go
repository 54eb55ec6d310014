package transport

import (
	"net/url"
	"regexp"
	"strings"

	"jerem/scrub"
)

// This file tells of what a Jira says in a refusal the words that cannot be a person's. Jira quotes logins, names,
// addresses and account ids there, in quotes or without, in any language and at any place of a sentence. So a word is
// told only where it is one of those of which Jira's own sentences are made, or stands in the question that was asked,
// which is ours: the others are left out.

// toldWords are the words of which the sentences of Jira's refusals are made, for search, agile and platform
// interfaces, as its public interface descriptions and its error texts show them.
var toldWords = wordSet(`
a about above access account active add administrator after again all allowed already also ambiguous an and any api
app application apps archived are as at attachment attempt authenticated authentication authorization authorized
available
be because been before below between board boards body both browse but by bytes
call called can cannot captcha category change changed changelog character characters check clause clauses client
closed cloud code column columns comma completed component components config configuration configured connection
contact contain contains content could create created current currently custom
data database date dates days default delete deleted denied deprecated details did different disabled do does done due
duplicate during
each edit either empty enabled enclose end ended entity epic epics error errors escape escaped estimate estimation
exceed exceeded exceeds exist existing exists expand expected expecting expired expression external
failed false feature field fields filter filters first following for forbidden format found from function functions
future
gadget gateway get global got greater group
had has have header here history host hour hours
id ids if illegal in index indexing input instead integer internal into invalid is issue issues it item items its
jira jql
kanban key keys
label labels last later length less level licence license like limit limited limits line lines link links list log
logged login long longer
maintenance many match matches max maximum maxresults may message method minimum minute minutes missing mode more must
name names near needed negative no none not nothing null number numbers
object occurred of off old on once one only open operand operands operation operator operators option options or order
organization other out over
page parameter parameters parent parse parsed parsing path per permission permissions please point points position
post preference priority private problem project projects property provide provided
queries query quota quote quoted quotes
range rate rated reached read reason record removed request requested requests require required requires reserved
resolution resource resources response rest restriction result results retry return returned right rights
schema scope scopes screen scrum search searches second seconds see select sent sequence server service session set
should simple since site size so some something sort sprint sprints start startat started state status statuses story
string sub subtask summary support supported supports surround syntax system
temporarily text than that the their them then there these they this time timed timeout times title to token too total
tracking true two type types
unable unauthorized unavailable unbounded under unexpected unexpectedly unique unknown unlicensed unresolved until
update updated upgrade url use used user users using
valid validation value values version versions view visibility visible
was week were what when where which while who will window with within without word work workflow worklog worklogs
would write wrong
you your
zero
`)

// wordSet makes a set of the words of a text.
func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(text) {
		set[word] = true
	}
	return set
}

var (
	// aWord is a run of signs that may belong to a name, an address or an id.
	aWord = regexp.MustCompile(`[\p{L}\p{M}\p{N}_@.+~\-]*[\p{L}\p{M}\p{N}_@]`)
	// plainID is a number as of an issue, a board or a field; account ids hold letters or are longer.
	plainID = regexp.MustCompile(`^(customfield_|cf)?[0-9]{1,12}$`)
	// leftOut is a run of words that are left out, with what stands between them.
	leftOut = regexp.MustCompile(`…([\s,;:"'’”(<\[]*…)+`)
)

// keepToldWords leaves out of what a Jira says every word that may be a person's. asked is the question, as it was
// sent.
func keepToldWords(said, asked string) string {
	ours := map[string]bool{}
	for _, word := range aWord.FindAllString(asked, -1) {
		ours[strings.ToLower(word)] = true
	}
	said = aWord.ReplaceAllStringFunc(said, func(word string) string {
		low := strings.ToLower(word)
		if toldWords[low] || ours[low] || plainID.MatchString(low) {
			return word
		}
		return scrub.Removed
	})
	if said = leftOut.ReplaceAllString(said, scrub.Removed); strings.Trim(said, " …\"'“”’.,:;()<>[]") == "" {
		return ""
	}
	return said
}

// askedText is what a question asks, in plain words.
func (q question) askedText() string {
	query, err := url.QueryUnescape(q.query)
	if err != nil {
		query = ""
	}
	return q.place + " " + query + " " + string(q.body)
}
