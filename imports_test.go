// Package jerem_test holds the law of the house: which room may import which, and that every
// room says what it is for.
package jerem_test

import (
	"go/ast"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// room is a line of the law. Rooms that stand here may import the listed rooms and libraries, and
// the standard library; nothing else.
type room struct {
	rooms     []string
	libraries []string
	because   string
}

// wing is what a wing of web may import, and noOtherWing why.
var wing = []string{"agile", "calendar", "measure", "measure/flow", "measure/grade", "measure/investment",
	"measure/issuehistory",
	"measure/outlook", "measure/unexpected", "measure/words", "measure/explain", "measure/explain/explanation",
	"measure/explain/onpage", "chart", "chart/inline", "chart/small", "parallel", "problem",
	"web/format", "web/frame", "web/frame/asked", "web/frame/beside", "web/frame/headline", "web/frame/waterfall",
	"web/frame/weekwalk", "web/drawer", "web/source"}

const noOtherWing = "a wing knows what all pages share, and no other wing"

// ofAll is a room that every other one may import, like the standard library.
const ofAll = "sorting"

var law = map[string]room{
	"calendar": {rooms: []string{"problem"}, libraries: []string{"github.com/rickar/cal"},
		because: "the lowest floor: dates and working time are known to every room, and know none but what goes " +
			"wrong; " +
			"the library knows public holidays"},
	"agile": {rooms: []string{"calendar"},
		because: "the words that everyone shares depend on nothing but dates: a team has a calendar"},
	"agile/query": {rooms: []string{"problem"},
		because: "what is never asked is told alike by the configuration, which knows no Jira, by " +
			"readings and by checks"},
	"agile/rules": {rooms: []string{"agile", "calendar"},
		because: "what a reading counted by is compared in one way, by whoever reads and whoever keeps it"},
	"oncall/civil": {rooms: []string{"calendar"},
		because: "when a clock shows a time is known without knowing who is on duty"},
	"oncall/civil/civiltest": {rooms: []string{"calendar", "oncall/civil"},
		because: "tests of duty read times and zones in one way; nothing but tests imports it"},
	"oncall": {rooms: []string{"calendar", "oncall/civil"},
		because: "duty is pure: pages, calendars, paging and tests compute the same; persons stand here and in the " +
			"rooms below, no measure knows them"},
	"oncall/interruption": {rooms: []string{"calendar", "oncall", "oncall/civil"},
		because: "what call-outs cost is computed from who is on duty, and knows no pay"},
	"oncall/intake": {rooms: []string{"calendar", "oncall", "oncall/civil", "oncall/interruption", "oncall/plan"},
		because: "what sources post is bytes until it is understood here; who keeps it is not known"},
	"oncall/nameless": {rooms: []string{"agile", "calendar", "oncall", "oncall/civil", "oncall/interruption",
		"oncall/roster"},
		because: "figures are handed what call-outs took without a person: the one place where on-call meets " +
			"the words " +
			"of figures, so that no room of figures imports one of on-call"},
	"oncall/feed": {rooms: []string{"oncall", "oncall/civil"},
		because: "a calendar shows what the schedule says, and decides nothing"},
	"oncall/verify": {rooms: []string{"calendar", "oncall", "oncall/civil", "oncall/risk", "oncall/roster"},
		because: "what is told of the file before it is used is one thing for both commands that check it"},
	"oncall/message": {rooms: []string{"calendar", "oncall", "oncall/civil", "oncall/interruption", "oncall/roster"},
		because: "what people are told is worded without knowing how it is sent"},
	"oncall/delivery": {rooms: []string{"messaging", "oncall/link", "oncall/message", "oncall/roster"},
		because: "what is due is sent and noted, and no rota is known"},
	"digest": {rooms: []string{"calendar", "measure", "measure/summary", "messaging", "store/digests"},
		because: "what is told weekly is told of figures and noted; it knows no person, page or Jira"},
	"httpanswer": {because: "whether an answer is what was asked for is told alike of a sink and of a webhook"},
	"scrub":      {because: "what is secret is taken out of bytes, whatever they say"},
	"messaging": {rooms: []string{"httpanswer", "scrub"}, libraries: []string{"github.com/wneessen/go-mail"},
		because: "mail and webhooks carry texts, and know neither what they are about nor when they are due"},
	"messaging/mailtest": {rooms: []string{"messaging"},
		libraries: []string{"github.com/emersion/go-sasl", "github.com/emersion/go-smtp"},
		because:   "tests of those who send mail read what a real server took"},
	"oncall/link": {because: "what opens a link is told by a key, a number and a time"},
	"oncall/shifts": {rooms: []string{"calendar", "oncall", "oncall/civil", "oncall/intake", "oncall/roster",
		"problem"},
		because: "a table of another tool is corrections by an operator, as anybody sets them"},
	"oncall/report": {rooms: []string{"oncall/feed", "series"},
		because: "how schedules and statements are written is one thing for commands and pages; series knows what a " +
			"spreadsheet takes for a formula"},
	"oncall/pay": {rooms: []string{"calendar", "oncall", "oncall/civil", "oncall/interruption"},
		because: "pay is computed from duty and call-outs, neither of which knows it"},
	"oncall/plan": {rooms: []string{"calendar", "oncall", "oncall/civil", "oncall/pay"},
		because: "what a team wants is a value: it is read by config, and known to nobody's store"},
	"oncall/risk": {rooms: []string{"calendar", "oncall", "oncall/civil", "oncall/interruption"},
		because: "a warning changes nothing of what it is about"},
	"oncall/oncalltest": {rooms: []string{"calendar", "oncall", "oncall/civil", "oncall/civil/civiltest",
		"oncall/interruption"}, libraries: []string{"pgregory.net/rapid"},
		because: "tests of duty, call-outs, pay and warnings share one rota; nothing but tests imports it"},
	"oncall/roster": {rooms: []string{"calendar", "oncall", "oncall/civil", "oncall/intake", "oncall/interruption",
		"oncall/pay",
		"oncall/plan", "oncall/risk"},
		because: "requests are decided on what is kept, which is an interface here: no database and no clock"},
	"sorting":  {because: "how a list is put in order depends on nothing that is in it"},
	"memlimit": {because: "how much garbage may be left depends on nothing that makes it"},
	"testrun":  {because: "how tests are run depends on nothing that they test; nothing but tests imports it"},
	"problem":  {because: "every room tells what goes wrong in the same type"},
	"series":   {because: "the words between measures and sinks depend on nothing"},
	"chart/inline": {rooms: []string{"chart/labels"},
		because: "a meter in a line of text has no axis: it is drawn without knowing a chart"},
	"chart/plot": {rooms: []string{"chart/labels"},
		because: "axes and scales are the same for every kind of chart"},
	"chart/small": {rooms: []string{"chart/labels", "chart/plot"},
		because: "drawings that stand side by side know nothing of those that stand alone"},
	"chart": {rooms: []string{"chart/inline", "chart/labels", "chart/plot"},
		because: "a drawing knows numbers, so pages, badges and print share it"},
	"chart/labels":    {because: "where a text may stand depends on widths of letters and lines, not on what is drawn"},
	"chart/charttest": {because: "a check that shares code with the drawing shares its mistakes"},
	"ui": {libraries: []string{"github.com/evanw/esbuild"},
		because: "styles and scripts, embedded; bundling is a step of development"},
	"sim/jira/jql": {libraries: []string{"github.com/alecthomas/participle"},
		because: "the grammar of a language knows no issues"},
	"sim/jira/wire": {because: "values of JSON as Jira has them are known to the site and to who serves it"},
	"sim/jira/sitedata": {rooms: []string{"sim/jira/wire"}, libraries: []string{"golang.org/x/tools/txtar"},
		because: "a story is played without knowing how it is asked for"},
	"sim/jira/webhooks": {rooms: []string{"sim/jira/sitedata", "sim/jira/wire"},
		because: "what a played site posts follows from what it holds"},
	"sim/jira/faults": {rooms: []string{"sim/jira/sitedata", "sim/jira/wire"},
		because: "trouble is planned without knowing the server that plays it"},
	"sim/jira/query": {rooms: []string{"sim/jira/jql", "sim/jira/sitedata", "sim/jira/wire"},
		because: "a query is answered out of what a site holds, for whatever dialect asks"},
	"sim/jira/datacenter": {rooms: []string{"sim/jira/sitedata", "sim/jira/wire"},
		because: "what Data Center tells in another shape is a rewriting of values: it knows no request"},
	"sim/jira": {rooms: []string{"sim/jira/datacenter", "sim/jira/faults", "sim/jira/query", "sim/jira/sitedata",
		"sim/jira/wire"}, libraries: []string{"golang.org/x/tools/txtar"},
		because: "a simulator that shares the client's types shares its mistakes"},
	"sim/world/wording": {because: "texts are picked by who draws, and draw nothing themselves"},
	"sim/world": {rooms: []string{"sim/jira", "sim/world/wording"},
		because: "books that share code with the measures share their mistakes"},
	"sim/world/duty": {rooms: []string{"sim/world"},
		because: "books of on-call that share code with on-call share its mistakes"},
	"measure/forecast": {rooms: []string{"parallel", "problem"},
		because: "a forecast knows working days and amounts, so pages, replays and calibration tell the same"},
	"measure/internal/amount": {
		because: "sums add up to the same number everywhere"},
	"measure/internal/difference": {rooms: []string{"agile"},
		because: "since when two readings differ is told without knowing what rests on them"},
	"measure/internal/moments": {rooms: []string{"agile"},
		because: "when fields changed is told without knowing what is measured"},
	"measure/internal/naming": {
		because: "keys and names are compared in one way everywhere"},
	"measure/internal/byid": {
		because: "what maps share when they are copied is known to them alone, whatever they hold"},
	"measure/internal/recall": {rooms: []string{"agile"},
		because: "what is kept of a history is kept without knowing what it is"},
	"measure/internal/workstate": {rooms: []string{"agile", "measure/internal/naming"},
		because: "where work stands is told by statuses alone"},
	"measure/internal/index": {rooms: []string{"agile", "calendar", "measure/internal/amount",
		"measure/internal/byid", "measure/internal/difference", "measure/internal/moments", "measure/internal/recall",
		"measure/internal/workstate", "parallel"},
		because: "what is looked up knows no figure that is made of it"},
	"measure/internal/track": {rooms: []string{"measure/internal/amount", "measure/internal/index",
		"measure/internal/workstate"},
		because: "a course over time knows work, and no class of series"},
	"measure/internal/impediment": {rooms: []string{"agile", "measure/internal/byid", "measure/internal/index",
		"measure/internal/naming", "measure/internal/recall"},
		because: "what an impediment is, is told once, for sprints, flow, forecasts and series"},
	"measure/internal/roadmap": {rooms: []string{"agile", "calendar", "measure/internal/amount",
		"measure/internal/index", "measure/internal/track", "measure/internal/moments",
		"measure/internal/naming"},
		because: "which epic counts in which quarter is told once, for quarters, forecasts and series"},
	"measure/internal/pastchange": {rooms: []string{"agile", "measure/internal/impediment", "measure/internal/index",
		"measure/internal/roadmap"},
		because: "who had a part in what changed after the fact is told once, for sprints, quarters, flow and " +
			"forecasts"},
	"measure/words": {rooms: []string{"agile", "measure/forecast"},
		because: "amounts and dates read the same in every sentence"},
	"measure/grade": {rooms: []string{"agile", "calendar", "measure/words", "measure/internal/impediment",
		"measure/internal/index", "measure/internal/naming"},
		because: "every figure is graded by the same reasons"},
	"measure/unexpected": {rooms: []string{"agile", "calendar", "measure/internal/amount",
		"measure/internal/impediment", "measure/internal/index"},
		because: "what call-outs take beside impediments is told once, for sprints, forecasts and series"},
	"measure": {rooms: []string{"agile", "calendar", "measure/words", "measure/grade", "measure/internal/amount",
		"measure/internal/index", "measure/internal/track", "measure/internal/impediment",
		"measure/internal/roadmap", "measure/internal/naming", "measure/internal/pastchange",
		"measure/internal/workstate",
		"measure/unexpected"},
		because: "figures are pure: live, replay, pages and tests compute the same"},
	"measure/flow": {rooms: []string{"agile", "calendar", "measure", "measure/grade", "measure/words",
		"measure/internal/amount", "measure/internal/index", "measure/internal/impediment",
		"measure/internal/moments", "measure/internal/naming", "measure/internal/pastchange",
		"measure/internal/workstate"},
		because: "how work moves asks the index, and no forecast"},
	"measure/sprintreport": {rooms: []string{"agile", "calendar", "measure", "measure/internal/amount",
		"measure/internal/index", "measure/internal/naming", "measure/internal/workstate"},
		because: "what Jira's report says is held against the ledger, which knows nothing of it"},
	"measure/issuehistory": {rooms: []string{"agile", "measure", "measure/internal/index", "measure/internal/naming",
		"measure/internal/workstate"},
		because: "what figures are made from is shown, and no figure is made of what is shown"},
	"measure/outlook/workdays": {rooms: []string{"calendar", "measure", "measure/internal/index"},
		because: "days behind and ahead know nothing of what is asked"},
	"measure/outlook/inputs": {rooms: []string{"agile", "calendar", "measure", "measure/forecast",
		"measure/outlook/workdays", "measure/words", "measure/internal/amount", "measure/internal/index",
		"measure/internal/naming", "measure/internal/roadmap", "measure/internal/workstate"},
		because: "what is left and what was finished are told without knowing what is simulated of them"},
	"measure/outlook": {rooms: []string{"agile", "calendar", "measure", "measure/flow", "measure/forecast",
		"measure/outlook/inputs", "measure/outlook/workdays", "measure/grade", "measure/words",
		"measure/internal/amount", "measure/internal/index", "measure/internal/recall",
		"measure/internal/impediment", "measure/internal/roadmap", "measure/internal/naming",
		"measure/internal/pastchange", "measure/internal/workstate", "measure/unexpected", "parallel"},
		because: "a forecast is asked of a team; the simulation knows none"},
	"measure/timeseries/digest": {rooms: []string{"agile", "measure", "measure/internal/byid", "measure/internal/index",
		"measure/internal/recall"},
		because: "whether anything changed is told of a history, whatever is made of it"},
	"measure/timeseries/flowseries": {rooms: []string{"agile", "calendar", "series", "measure", "measure/catalogue",
		"measure/flow", "measure/internal/byid", "measure/internal/index"},
		because: "what is counted of the flow goes on from noon to noon, whatever else is made into series"},
	"measure/timeseries/sprinttrack": {rooms: []string{"agile", "measure", "measure/catalogue",
		"measure/internal/amount", "measure/internal/impediment", "measure/internal/index", "measure/internal/moments",
		"measure/internal/track"},
		because: "a sprint is followed over its time without knowing how points are written"},
	"measure/timeseries": {rooms: []string{"agile", "calendar", "series", "measure", "measure/catalogue",
		"measure/timeseries/digest", "measure/timeseries/flowseries", "measure/timeseries/sprinttrack",
		"measure/internal/recall",
		"measure/internal/amount", "measure/internal/byid", "measure/internal/index", "measure/internal/track",
		"measure/internal/impediment", "measure/internal/roadmap", "measure/flow", "measure/outlook",
		"measure/internal/moments", "measure/unexpected", "parallel"},
		because: "series repeat figures, no figure is made of them"},
	"measure/investment": {rooms: []string{"calendar", "agile", "measure", "measure/grade", "measure/words",
		"measure/internal/amount", "measure/internal/impediment", "measure/internal/index",
		"measure/internal/moments", "measure/internal/naming", "measure/internal/pastchange",
		"measure/internal/roadmap"},
		because: "where the work went is told of quarters that measure knows"},
	"measure/summary": {rooms: []string{"agile", "calendar", "measure", "measure/flow", "measure/grade",
		"measure/outlook", "measure/words", "measure/internal/amount"},
		because: "sentences say what figures tell, and compute nothing"},
	"measure/catalogue": {because: "what a figure is called is one thing for all who show it"},
	"measure/explain/explanation": {rooms: []string{"agile", "calendar", "measure", "measure/catalogue",
		"measure/forecast", "measure/grade", "measure/words"},
		because: "what an opened figure is does not depend on which figures there are"},
	"measure/explain/onpage": {rooms: []string{"agile", "calendar", "measure", "measure/catalogue", "measure/explain",
		"measure/explain/explanation", "measure/flow", "measure/grade", "measure/outlook", "measure/words"},
		because: "a figure that pages alone show is opened as those of the catalogue, which know no page"},
	"measure/explain": {rooms: []string{"agile", "calendar", "measure", "measure/catalogue",
		"measure/explain/explanation", "measure/flow", "measure/forecast", "measure/investment",
		"measure/grade", "measure/outlook", "measure/sprintreport", "measure/words", "measure/unexpected"},
		because: "a figure is opened in one way for pages, API and command line"},
	"measure/storytest": {rooms: []string{"agile", "calendar",
		"measure/internal/impediment"}, libraries: []string{"pgregory.net/rapid"},
		because: "a story knows no figure; nothing but tests imports it"},
	"measure/storycheck": {rooms: []string{"agile", "calendar", "measure", "measure/flow", "measure/grade",
		"measure/internal/roadmap", "measure/investment", "measure/issuehistory", "measure/sprintreport",
		"measure/storytest", "measure/timeseries"},
		libraries: []string{"github.com/google/go-cmp", "golang.org/x/tools/txtar"},
		because:   "every room of measure is held by the same stories; nothing but tests imports it"},
	"jira/wire": {libraries: []string{"github.com/go-json-experiment/json"},
		because: "the shapes of what a Jira sends rest on nothing, so that every room below jira " +
			"shares them"},
	"parallel": {because: "what is done side by side is known to who has it done alone"},
	"priority": {
		because: "work gives way to viewers whatever it makes and whatever they ask: it knows neither"},
	"slowrequest": {
		because: "what is waited for is told in one way, of whomever: it knows neither Jira nor a sink"},
	"jira/transport": {rooms: []string{"problem", "scrub", "jira/wire", "slowrequest"},
		libraries: []string{"golang.org/x/oauth2", "golang.org/x/time",
			"github.com/cenkalti/backoff"},
		because: "sending, retries, limits and secrets know no issue: what is asked is the business of jira"},
	"jira/document": {rooms: []string{"agile", "agile/query", "jira/wire"},
		because: "what is kept of an issue, and what never is, is decided without asking anything"},
	"jira/translate": {rooms: []string{"agile", "calendar", "jira/document", "jira/wire"},
		because: "what is kept can be translated again without a Jira"},
	"jira/jiratest": {rooms: []string{"agile", "jira/document", "jira/wire"},
		because: "tests of the rooms below jira share one site"},
	"jira": {rooms: []string{"agile", "problem", "jira/wire", "jira/transport", "jira/document"},
		because: "Jira's words stop here, and only sync knows that what is read is kept"},
	"store/db": {rooms: []string{"problem"},
		because: "the store asks any database the same, and a database knows nothing of what rows mean"},
	"store/db/postgres": {rooms: []string{"problem", "store/db", "store/db/postgres/lease", "store/db/postgres/news"},
		libraries: []string{"github.com/jackc/pgx"},
		because:   "one server and its migrations: nothing else knows PostgreSQL"},
	"store/db/postgres/lease": {rooms: []string{"problem", "store/db"},
		because: "who writes is rows and the clock of the server: it knows nothing of what is written"},
	"store/db/postgres/news": {libraries: []string{"github.com/jackc/pgx"},
		because: "what others did is told by the server and found in the tables: it writes nothing"},
	"store/db/postgres/pgtest": {rooms: []string{"testrun"}, libraries: []string{"github.com/jackc/pgx"},
		because: "a real server for tests knows no table of ours; nothing but tests imports it"},
	"store/db/sqlite": {rooms: []string{"problem", "store/db", "store/db/sqlite/filelock", "store/db/sqlite/prepared",
		"store/filefault"},
		libraries: []string{"modernc.org/sqlite"},
		because:   "one file and its migrations: nothing else knows SQLite"},
	"store/db/sqlite/filelock": {rooms: []string{"problem", "store/db"},
		because: "who writes a file is a lock of the system, which knows nothing of what the file holds"},
	"store/db/sqlite/prepared": {because: "statements that outlast their transaction: a driver over the driver"},
	"store/encoding": {rooms: []string{"agile", "calendar", "parallel"},
		libraries: []string{"github.com/klauspost/compress"},
		because:   "the forms in which values are kept know no database"},
	"store/digests": {rooms: []string{"store/db", "store/encoding"},
		because: "what became of a message is nothing but texts and moments"},
	"store/ledger": {rooms: []string{"store/db", "store/encoding"},
		because: "what stands at a sink is nothing but digests and moments"},
	"store/generation": {rooms: []string{"store/db"},
		because: "every family of the store raises the teams that its rows concern, in its own transaction"},
	"store/links": {rooms: []string{"agile", "store/db", "store/generation"},
		because: "what joins issues is told by their timelines, and who loses by it is raised"},
	"store/sharing": {rooms: []string{"store/db"},
		because: "who does a part of the work is told without knowing what the work is"},
	"store/settings": {rooms: []string{"agile", "agile/rules", "store/db", "store/encoding", "store/generation"},
		because: "what a team is counted by knows no issue"},
	"store/pastchanges": {rooms: []string{"agile", "store/db", "store/encoding", "store/generation"},
		because: "what changed the past is noted by the write that changes it, in its transaction"},
	"store/cutoff": {rooms: []string{"agile"},
		because: "a history ends with a moment, wherever it was kept"},
	"store/checksums": {rooms: []string{"store/db"},
		because: "rows are compared, whatever they mean"},
	"store/viewrows": {rooms: []string{"store/db", "store/encoding"},
		because: "rows for readers in SQL are texts, packed while many wait: what they say is known to who makes them"},
	"store/checkpoint": {rooms: []string{"store/db", "store/encoding"},
		because: "how far a store is current is nothing but moments and ids"},
	"store/metadata": {rooms: []string{"agile", "store/db", "store/encoding", "store/generation"},
		because: "what teams of a site share knows no issue"},
	"store/repair": {rooms: []string{"agile", "problem", "store/checkpoint", "store/db", "store/encoding",
		"store/generation"},
		because: "what is damaged is taken out by its keys, whatever rows mean"},
	"store/transfer": {rooms: []string{"problem", "store/db"},
		because: "rows are copied from one database to another, whatever they mean"},
	"store/storetest": {rooms: []string{"agile", "store", "store/checkpoint", "store/ledger"},
		because: "tests of what stands on a store share one example; nothing but tests imports it"},
	"store/storetest/suite": {rooms: []string{"agile", "agile/query", "agile/rules", "calendar", "problem", "store",
		"store/checkpoint", "store/db", "store/digests", "store/ledger", "store/metadata", "store/storetest",
		"testrun"},
		libraries: []string{"github.com/google/go-cmp", "pgregory.net/rapid"},
		because:   "every database is held to one suite; nothing but tests imports it"},
	"store": {rooms: []string{"agile", "agile/query", "agile/rules", "calendar", "problem", "store/checkpoint",
		"store/checksums", "store/cutoff", "store/db",
		"store/db/sqlite", "store/digests", "store/encoding", "store/generation", "store/ledger", "store/links",
		"store/metadata", "store/pastchanges", "store/repair", "store/settings", "store/sharing",
		"store/transfer", "store/viewrows"},
		because: "SQL stops here, and Jira's words never arrive"},
	"store/places": {rooms: []string{"store", "store/db", "store/db/postgres"},
		because: "who names a place opens a file or a server; all others are linked with no server"},
	"teams/moved": {rooms: []string{"agile"},
		because: "two tellings of one past are joined by what they tell, whoever reads them"},
	"teams": {rooms: []string{"agile", "calendar", "measure", "measure/timeseries", "series", "store", "teams/moved"},
		because: "sinks, pages and /metrics share one computed team, and know nothing of one another"},
	"sqlviews": {rooms: []string{"agile", "measure", "measure/timeseries", "problem", "series", "store",
		"store/sharing", "store/viewrows", "teams"},
		because: "what readers in SQL find is what the figures say: it asks no Jira and posts nothing"},
	"posting/content": {rooms: []string{"series", "store/ledger"},
		because: "what is kept of a series is bytes and digests, whatever sink it stands at"},
	"posting/former": {rooms: []string{"posting/content", "series", "store/ledger", "teams"},
		because: "what former versions noted is entries of today's ledger, whatever is posted next"},
	"posting": {rooms: []string{"agile", "posting/content", "posting/former", "measure", "measure/timeseries",
		"problem", "publish", "series", "store",
		"store/ledger", "store/sharing",
		"teams"},
		because: "what a sink lacks follows from the ledger and the computed team; when it is posted is the " +
			"bot's business"},
	"publish": {rooms: []string{"series", "problem", "slowrequest"}, libraries: []string{"github.com/cenkalti/backoff"},
		because: "a sink knows points, not sprints; how a request is tried again is one thing for all of them"},
	"publish/warp10": {rooms: []string{"httpanswer", "publish", "scrub", "series", "problem"},
		libraries: []string{"github.com/klauspost/compress"},
		because:   "what one platform answers stops here: delivery and the bot know sinks only"},
	"publish/remotewrite": {rooms: []string{"httpanswer", "publish", "scrub", "series", "problem",
		"measure/catalogue"},
		libraries: []string{"github.com/klauspost/compress"},
		because:   "what one protocol says stops here; the names of its metrics are the catalogue's"},
	"publish/publishtest": {rooms: []string{"problem", "publish", "series", "testrun"},
		libraries: []string{"github.com/google/go-cmp"},
		because:   "a suite that every sink passes knows none of them; nothing but tests imports it"},
	"sim/warp10": {because: "a stand-in that shares the sink's code shares its mistakes"},
	"sync": {rooms: []string{"calendar", "agile", "agile/query", "agile/rules", "jira", "jira/document",
		"jira/translate", "store", "store/checkpoint", "problem", "slowrequest",
		"sync/clocks", "sync/derive", "sync/doubts", "sync/gaps", "sync/issues", "sync/metadata", "sync/plan",
		"sync/scope",
		"sync/worklogs"},
		because: "reading knows what Jira says and what is kept, and no figure, sink or page"},
	"sync/plan": {rooms: []string{"calendar", "agile", "jira", "store", "store/checkpoint", "sync/metadata"},
		because: "what a reading does is decided without asking anybody, so that each situation is a line of a table"},
	"sync/derive": {rooms: []string{"jira/translate", "store", "store/metadata", "store/repair"},
		because: "what is kept is derived again without a Jira, by a reading and by a rebuild"},
	"sync/gaps": {rooms: []string{"agile", "jira", "problem", "store"},
		because: "what could not be had is told in one way, whatever step missed it"},
	"sync/issues": {rooms: []string{"agile", "jira", "jira/document", "jira/translate", "problem", "store",
		"store/metadata", "sync/scope"},
		because: "issues are asked for and kept without knowing which team wants them"},
	"sync/metadata": {rooms: []string{"agile", "jira", "jira/document", "problem", "store", "sync/doubts",
		"sync/gaps", "sync/scope"},
		because: "boards, sprints and lists are judged before any issue is asked for"},
	"sync/doubts": {rooms: []string{"problem"},
		because: "what is doubted of a reading is worded where it is told: in the log of the loop, and on pages"},
	"sync/worklogs": {rooms: []string{"agile", "jira", "problem", "store", "sync/scope"},
		because: "time logged is read for the whole site, without knowing which team's it is"},
	"sync/scope": {rooms: []string{"agile", "agile/query", "jira", "jira/document", "measure", "problem"},
		because: "what of a Jira is a team's is told alike by a reading and a check, which do not know each other"},
	"sync/synctest": {rooms: []string{"agile", "calendar", "jira", "measure", "measure/timeseries", "series",
		"sim/jira"},
		because: "what tests of reading, checking and posting share; nothing but tests imports it"},
	"sync/clocks": {rooms: []string{"jira", "problem"},
		because: "whether Jira's clock is believed is told alike by a reading and a check"},
	"check": {rooms: []string{"agile", "jira", "jira/translate", "jira/document", "measure", "problem",
		"sync/clocks", "sync/scope"},
		because: "a check asks and keeps nothing: it knows neither the store nor the loop"},
	"jira/webhook": {rooms: []string{"jira/wire"},
		because: "a message says what is worth asking for, and is believed of nothing else"},
	"bot": {rooms: []string{"agile", "jira", "jira/webhook", "store", "sync", "posting", "publish", "problem",
		"sqlviews", "store/sharing",
		"teams"},
		libraries: []string{"github.com/prometheus/client_golang"},
		because:   "the bot runs without pages"},
	"web/format": {rooms: []string{"agile", "calendar", "measure", "measure/grade", "measure/issuehistory",
		"measure/outlook", "measure/words"},
		because: "how a figure is written is one thing for pages, files and API"},
	"web/frame": {rooms: []string{"agile", "calendar", "measure", "measure/flow", "measure/grade", "measure/explain",
		"measure/explain/explanation", "measure/words", "problem", "series", "chart", "chart/inline", "ui",
		"web/format"},
		because: "what all pages are made of knows no page and no store"},
	"web/frame/asked": {rooms: []string{"calendar", "measure", "measure/flow", "problem", "web/format", "web/frame"},
		because: "one text in an address means one thing on pages, in files and for programs"},
	"web/frame/beside": {rooms: []string{"agile", "calendar", "measure", "measure/explain",
		"measure/explain/explanation", "measure/flow", "measure/words", "web/format", "web/frame"},
		because: "two moments are compared alike on every page: it knows no page"},
	"web/frame/waterfall": {rooms: []string{"measure", "measure/outlook", "chart", "chart/inline", "web/format",
		"web/frame"},
		because: "sprint and roadmap tell the price of the unexpected alike, and know nothing of each other"},
	"web/frame/headline": {rooms: []string{"calendar", "measure", "measure/outlook", "measure/summary", "web/format",
		"web/frame"},
		because: "the first sentence of a page is the verdict that the terminal tells, and knows no page"},
	"web/frame/weekwalk": {rooms: []string{"calendar", "measure", "web/format", "web/frame"},
		because: "roadmap, portfolio, flow and the page of a team without sprints walk through weeks alike"},
	"web/drawer": {rooms: []string{"measure", "measure/explain", "measure/explain/explanation", "measure/flow",
		"measure/outlook", "web/format",
		"web/frame"},
		because: "pages open a figure as the API does; the API reads no page"},
	"web/api": {rooms: []string{"agile", "calendar", "measure", "measure/catalogue", "measure/explain",
		"measure/explain/explanation", "measure/explain/onpage", "measure/flow", "measure/grade", "measure/investment",
		"measure/issuehistory", "measure/words", "measure/outlook", "measure/sprintreport", "measure/timeseries",
		"problem", "series",
		"web/format", "web/frame", "web/frame/asked", "web/source"},
		because: "the API answers from the figures: it reads no page and no drawer"},
	"web/source": {rooms: []string{"agile", "store", "sync/doubts", "teams", "measure", "measure/timeseries", "problem",
		"web/format", "web/frame", "web/frame/asked"},
		because: "the only room of web that a wing may ask for figures and troubles"},
	"web/sprint/callouts": {rooms: []string{"agile", "measure", "measure/unexpected", "web/drawer", "web/format",
		"web/frame"},
		because: "what call-outs took is told of any days, without the page around it"},
	"web/sprint": {rooms: append([]string{"web/sprint/report", "web/sprint/days", "web/sprint/callouts"}, wing...),
		because: "a wing knows what all pages share, its own rooms, and no other wing"},
	"web/sprint/days": {rooms: []string{"agile", "calendar", "measure", "chart"},
		because: "where a moment lies among the days of a sprint is known to drawings and tables alike"},
	"web/sprint/report": {rooms: []string{"measure", "measure/issuehistory", "measure/sprintreport", "web/format",
		"web/frame", "web/source"},
		because: "what Jira's report says is told beside the ledger: it reads no page of a sprint"},
	"web/roadmap": {rooms: append([]string{"web/roadmap/subject", "web/roadmap/told", "web/roadmap/mix",
		"web/roadmap/initiatives", "web/roadmap/callouts"}, wing...),
		because: "a wing knows what all pages share, its own rooms, and no other wing"},
	"web/roadmap/subject": {rooms: []string{"calendar", "measure", "web/format", "web/frame", "web/frame/asked"},
		because: "what a roadmap is about is known to all its parts, and knows none"},
	"web/roadmap/told": {rooms: append([]string{"web/roadmap/subject"}, wing...),
		because: "what was told before is drawn without the page around it"},
	"web/roadmap/callouts": {rooms: []string{"measure/outlook", "measure/unexpected", "web/drawer", "web/format",
		"web/frame"},
		because: "what call-outs cost is told by a forecast, without the page around it"},
	"web/roadmap/mix": {rooms: append([]string{"web/roadmap/subject"}, wing...),
		because: "where the time went is told without the page around it"},
	"web/roadmap/initiatives": {rooms: append([]string{"web/roadmap/subject"}, wing...),
		because: "where the rest lies is drawn without the page around it"},
	"web/portfolio/dateaxis": {rooms: []string{"calendar", "chart/inline", "measure/outlook", "web/format",
		"web/frame"},
		because: "where a date stands among all rows is known without the page around them"},
	"web/portfolio/compared": {rooms: []string{"calendar", "measure", "measure/outlook", "web/format", "web/frame",
		"web/frame/beside"},
		because: "what changed between two moments is told without the page around it"},
	"web/portfolio": {rooms: append([]string{"web/portfolio/compared", "web/portfolio/dateaxis"}, wing...),
		because: "a wing knows what all pages share, its own rooms, and no other wing"},
	"web/flow":       {rooms: wing, because: noOtherWing},
	"web/issue":      {rooms: wing, because: noOtherWing},
	"web/figure":     {rooms: wing, because: noOtherWing},
	"web/styleguide": {rooms: wing, because: noOtherWing},
	"web/embed": {rooms: append([]string{"ui"}, wing...),
		because: "a badge stands in pages that have no style of ours; else it is a wing as the others"},
	"web/calloutlink": {rooms: []string{"access/attempts", "oncall/intake", "oncall/interruption", "oncall/link",
		"oncall/message",
		"oncall/roster", "problem", "web/frame"},
		because: "who has a link of a message answers for one call-out, and sees nothing else"},
	"web/persona": {rooms: []string{"access/rules"},
		because: "whom a visitor of the demo is, is told before anything of on-call is known"},
	"web/dutypages/clocks": {rooms: []string{"calendar", "oncall", "oncall/civil"},
		because: "times are read and written on somebody's clock without knowing who asks"},
	"web/dutypages": {rooms: []string{"access/attempts", "access/rules", "calendar", "oncall", "oncall/civil",
		"oncall/feed",
		"oncall/intake", "oncall/interruption", "oncall/report", "oncall/risk", "oncall/roster", "problem",
		"web/dutypages/clocks", "web/format", "web/frame", "web/persona"},
		because: "pages about people read no figure, and no other wing reads them"},
	"web/oncall": {rooms: []string{"access/rules", "calendar", "oncall", "oncall/civil", "oncall/intake",
		"oncall/interruption",
		"oncall/pay", "oncall/plan", "oncall/risk", "oncall/roster", "problem", "series", "web/format", "web/frame",
		"web/persona"},
		because: "on-call is asked about people: it reads no figure, and no other wing reads it"},
	"web/webtest": {rooms: []string{"agile", "calendar", "sync", "jira", "store", "measure", "chart/labels",
		"chart/charttest", "sim/jira", "sim/world", "store/storetest", "web/frame"},
		because: "tests of pages read their story as the bot does"},
	"web/answers": {libraries: []string{"github.com/klauspost/compress"},
		because: "what is given again is any answer: it knows no page, figure or store"},
	"web/mcp": {libraries: []string{"github.com/modelcontextprotocol/go-sdk"},
		because: "an assistant is told what the API tells, and nothing else"},
	"web/live": {rooms: []string{"access/attempts"}, because: "a browser is told that something is new, not what"},
	"web/guard": {rooms: []string{"problem", "web/format", "web/frame"},
		because: "what is refused is refused before anything is read"},
	"web/health": {rooms: []string{"measure", "measure/catalogue", "measure/explain", "measure/explain/explanation",
		"measure/flow", "measure/outlook",
		"calendar", "problem", "store", "web/format",
		"web/frame", "web/source"},
		libraries: []string{"github.com/prometheus/client_golang", "github.com/prometheus/client_model"},
		because:   "who watches is told the figures of the catalogue, by no page"},
	"web": {rooms: []string{"access", "access/rules", "agile", "problem", "series", "store", "teams", "ui",
		"web/answers", "web/api", "web/calloutlink", "web/dutypages", "web/embed", "web/figure", "web/flow",
		"web/format", "web/frame",
		"web/frame/asked", "web/guard", "web/health", "web/issue", "web/live", "web/mcp", "web/oncall",
		"web/portfolio", "web/roadmap", "web/source", "web/sprint", "web/sprint/report",
		"web/styleguide"},
		libraries: []string{"github.com/prometheus/client_golang"},
		because:   "a page never calls Jira"},
	"config/schema": {
		rooms: []string{"calendar", "problem"}, libraries: []string{"go.yaml.in/yaml"},
		because: "reads a file by tables of keys, and knows none of them",
	},
	"config/rotas": {
		rooms: []string{"calendar", "config/schema", "oncall", "oncall/civil", "oncall/pay", "oncall/plan",
			"problem"},
		libraries: []string{"go.yaml.in/yaml"},
		because:   "the section on call; the one part of the configuration that knows people",
	},
	"config": {
		rooms: []string{"agile", "agile/query", "calendar", "access/rules", "config/rotas", "config/schema",
			"oncall/plan", "oncall", "problem"},
		libraries: []string{"go.yaml.in/yaml"},
		because:   "bytes in, configuration out: only cmd reads files and the environment",
	},
	"tools/bench/fakejira": {because: "what a measurement stands on shares no work with what is measured"},
	"licenses":             {because: "a text of what is built in"},
	"store/oncall": {rooms: []string{"calendar", "oncall", "oncall/civil", "oncall/intake", "oncall/risk",
		"oncall/roster", "store/db/postgres", "store/sidefile"},
		libraries: []string{"github.com/jackc/pgx"},
		because:   "people stand in a file of their own, which no other room of the store knows"},
	"store/filefault": {rooms: []string{"problem", "store/db"}, libraries: []string{"modernc.org/sqlite"},
		because: "what is the matter with a file is told alike of each that is kept, whatever stands in it"},
	"store/sidefile": {rooms: []string{"store/filefault"}, libraries: []string{"modernc.org/sqlite"},
		because: "a file of its own is opened without knowing what stands in it"},
	"store/access": {rooms: []string{"access", "access/rules", "store/db/postgres", "store/sidefile"},
		libraries: []string{"github.com/jackc/pgx"},
		because:   "logins stand in a file or a schema of their own; no figure is read from it"},
	"access/attempts": {libraries: []string{"golang.org/x/time"},
		because: "how often an address may be wrong is told without knowing at what"},
	"access/rules": {because: "who may see what is told by texts and lists alone"},
	"access": {rooms: []string{"problem", "access/attempts", "access/rules"},
		libraries: []string{"github.com/alexedwards/scs",
			"github.com/coreos/go-oidc", "golang.org/x/oauth2"},
		because: "who asks is told before anything is answered, and by what is answered it is not changed"},
	"cmd/jerem/terminal": {
		rooms:     []string{"series"},
		libraries: []string{"github.com/rivo/uniseg", "golang.org/x/term"},
		because:   "how a text is shown on a terminal is one thing for all commands",
	},
	"cmd/jerem/build": {because: "what was built is told by the linker and by Go alone"},
	"cmd/jerem/setup": {
		rooms: []string{"agile", "bot", "calendar", "cmd/jerem/build", "cmd/jerem/terminal", "config", "config/schema",
			"digest", "jira", "measure/timeseries", "messaging", "oncall", "oncall/nameless", "oncall/roster",
			"publish", "publish/remotewrite", "publish/warp10", "problem", "sqlviews", "store", "store/oncall",
			"store/places", "sync",
			"teams", "teams/moved",
			"web/guard"},
		libraries: []string{"github.com/lmittmann/tint"},
		because: "a configuration is put to work in one way for all commands; only it reads files and the " +
			"environment",
	},
	"cmd/jerem/setup/certtest": {
		because: "tests of pages by HTTPS write certificates in one way; nothing but tests imports it"},
	"cmd/jerem/checking": {
		rooms: []string{"access", "agile", "check", "cmd/jerem/setup", "cmd/jerem/terminal", "config", "config/schema",
			"oncall/verify", "problem",
			"publish", "publish/remotewrite", "publish/warp10", "series", "store", "store/places", "teams/moved"},
		because: "a family of commands imports no other one",
	},
	"cmd/jerem/duty": {
		rooms: []string{"calendar", "cmd/jerem/setup", "cmd/jerem/terminal", "config", "config/schema",
			"oncall", "oncall/civil",
			"oncall/feed", "oncall/link",
			"oncall/report", "oncall/roster", "oncall/shifts", "oncall/verify", "store/oncall"},
		because: "a family of commands imports no other one",
	},
	"cmd/jerem/dutyplayer": {
		rooms: []string{"calendar", "oncall", "oncall/intake", "oncall/interruption", "oncall/plan", "oncall/risk",
			"oncall/roster", "sim/world/duty"},
		because: "what a simulated company does on call is done as people and pagers do it; neither side knows " +
			"the other",
	},
	"cmd/jerem/operating": {
		rooms: []string{"access", "access/rules", "agile", "calendar", "cmd/jerem/setup", "cmd/jerem/terminal",
			"config", "config/schema", "measure", "measure/timeseries", "memlimit", "posting", "problem", "publish",
			"series", "store",
			"store/access", "store/oncall", "store/places", "store/sidefile", "sync"},
		libraries: []string{"github.com/vbauerster/mpb"},
		because:   "a family of commands imports no other one",
	},
	"grafana": {rooms: []string{"measure/catalogue", "publish/remotewrite", "series"},
		libraries: []string{"github.com/grafana/grafana-foundation-sdk"},
		because:   "a board shows what the catalogue names as the sinks call it; only its test knows Grafana's types"},
	"cmd/jerem/reporting": {
		rooms: []string{"agile", "calendar", "cmd/jerem/setup", "cmd/jerem/terminal", "digest",
			"grafana", "measure",
			"measure/forecast", "measure/outlook", "measure/summary", "measure/timeseries", "measure/words",
			"memlimit", "problem", "series", "store",
			"web"},
		because: "a family of commands imports no other one",
	},
	"cmd/jerem/serving": {
		rooms: []string{"access", "access/attempts", "access/rules", "bot", "calendar", "cmd/jerem/build",
			"cmd/jerem/dutyplayer",
			"cmd/jerem/setup", "cmd/jerem/terminal", "config", "config/rotas", "digest",
			"config/schema",
			"jira/webhook", "memlimit", "oncall", "oncall/delivery", "oncall/link", "oncall/nameless",
			"oncall/roster", "priority", "problem", "sim/jira", "sim/jira/webhooks",
			"sim/world", "sim/world/duty", "store", "teams",
			"store/access",
			"store/oncall", "web",
			"web/calloutlink", "web/dutypages", "web/guard", "web/oncall", "web/persona", "web/source"},
		libraries: []string{"github.com/prometheus/client_golang"},
		because:   "a family of commands imports no other one",
	},
	"cmd/jerem": {
		rooms: []string{"cmd/jerem/build", "cmd/jerem/checking", "cmd/jerem/duty", "cmd/jerem/operating",
			"cmd/jerem/reporting",
			"cmd/jerem/serving", "cmd/jerem/setup", "cmd/jerem/terminal", "config",
			"config/schema", "licenses", "problem",
			"sim/world"},
		libraries: []string{"github.com/alecthomas/kong"},
		because:   "only cmd reads flags, environment, files and signals",
	},
}

// clockless rooms take time as an argument. jira is none of them: it tells how long its requests were held back.
var clockless = []string{"digest", "sync", "sync/clocks", "sync/doubts", "sync/gaps", "sync/issues", "sync/metadata",
	"sync/scope",
	"sync/worklogs", "check", "calendar",
	"agile", "jira/wire", "jira/document", "jira/translate", "problem",
	"series", "measure", "measure/flow", "measure/forecast", "measure/unexpected",
	"measure/grade", "measure/outlook", "measure/outlook/inputs", "measure/sprintreport", "measure/issuehistory",
	"measure/summary", "measure/explain", "measure/explain/explanation",
	"measure/explain/onpage", "measure/catalogue",
	"measure/timeseries", "measure/timeseries/digest", "measure/timeseries/flowseries",
	"measure/timeseries/sprinttrack", "measure/words",
	"measure/internal/index", "measure/internal/impediment",
	"measure/internal/roadmap",
	"measure/internal/track", "measure/internal/amount", "measure/internal/pastchange", "store/pastchanges", "store/db",
	"store/db/sqlite", "store/encoding",
	"store/ledger", "store", "teams",
	"store/digests", "store/generation", "store/checkpoint", "store/metadata", "store/repair",
	"posting", "posting/content", "posting/former", "publish", "publish/warp10", "chart", "chart/inline", "chart/plot",
	"chart/small", "sim/world",
	"sim/world/duty",
	"oncall", "oncall/civil", "oncall/feed", "oncall/intake", "oncall/interruption", "oncall/link", "oncall/message",
	"oncall/pay",
	"oncall/plan", "oncall/report", "oncall/risk", "oncall/shifts", "oncall/verify",
	"oncall/roster", "store/oncall", "web/dutypages", "web/oncall"}

// source is a file of the product.
type source struct {
	goFile
	room    string
	imports []string
}

// sources are the files of the product: no tests, and no tools of development.
func sources(t *testing.T) []source {
	t.Helper()
	var out []source
	for _, f := range goFiles(t) {
		isTool := f.parsed.Name.Name == "main" && !strings.HasPrefix(f.path, "cmd/")
		if strings.HasSuffix(f.path, "_test.go") || isTool {
			continue
		}
		s := source{room: path.Dir(f.path), goFile: f}
		for _, i := range f.parsed.Imports {
			s.imports = append(s.imports, strings.Trim(i.Path.Value, `"`))
		}
		out = append(out, s)
	}
	return out
}

func TestImports(t *testing.T) {
	for _, s := range sources(t) {
		r, ok := law[s.room]
		if !ok {
			t.Errorf("%s: the room %s is not in the law; add it with its reason", s.path, s.room)
			continue
		}
		for _, i := range s.imports {
			if own, ok := strings.CutPrefix(i, "jerem/"); ok {
				if own != ofAll && !slices.Contains(r.rooms, own) {
					t.Errorf("%s: imports %s; it must not, because %s", s.path, i, r.because)
				}
				continue
			}
			first, _, _ := strings.Cut(i, "/")
			isLibrary := strings.Contains(first, ".")
			if isLibrary && !slices.ContainsFunc(r.libraries, func(l string) bool { return strings.HasPrefix(i, l) }) {
				t.Errorf("%s: imports %s, a library that %s does not use", s.path, i, s.room)
			}
		}
	}
}

// TestImportGroups: imports stand in at most three groups, the standard library, libraries and rooms in this order.
func TestImportGroups(t *testing.T) {
	group := func(of string) int {
		first, _, _ := strings.Cut(of, "/")
		switch {
		case first == "jerem":
			return 2
		case strings.Contains(first, "."):
			return 1
		}
		return 0
	}
	for _, f := range goFiles(t) {
		before, line := -1, 0
		for _, i := range f.parsed.Imports {
			at := positions.Position(i.Pos())
			now := group(strings.Trim(i.Path.Value, `"`))
			isApart := at.Line > line+1
			if before >= 0 && (now < before || isApart != (now > before)) {
				t.Errorf("%s: %s stands in another group than what it is", at, i.Path.Value)
			}
			before, line = now, at.Line
		}
	}
}

// TestPeopleStayOnCall: people stand in on-call's rooms, in its section of the configuration, in its tables and pages.
// What is read of a Jira, figures, series and sinks know none of these rooms.
func TestPeopleStayOnCall(t *testing.T) {
	mayKnow := []string{"config", "config/rotas", "store/oncall", "web", "web/oncall", "web/calloutlink",
		"web/dutypages", "web/dutypages/clocks"}
	held := 0
	for name, r := range law {
		isOnCall := name == "oncall" || strings.HasPrefix(name, "oncall/") || strings.HasPrefix(name, "cmd/jerem")
		if isOnCall || slices.Contains(mayKnow, name) {
			continue
		}
		held++
		for _, of := range r.rooms {
			if of == "oncall" || strings.HasPrefix(of, "oncall/") || of == "store/oncall" {
				t.Errorf("the law lets %s import %s, where people stand", name, of)
			}
		}
	}
	if held < 50 {
		t.Errorf("only %d rooms were held to it", held)
	}
}

func TestNoClock(t *testing.T) {
	for _, s := range sources(t) {
		if !slices.Contains(clockless, s.room) {
			continue
		}
		ast.Inspect(s.parsed, func(n ast.Node) bool {
			call, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if of, ok := call.X.(*ast.Ident); ok && of.Name == "time" && slices.Contains([]string{"Now", "Since",
				"Until"}, call.Sel.Name) {
				t.Errorf("%s: reads the clock; time is an argument in %s", positions.Position(n.Pos()), s.room)
			}
			return true
		})
	}
}

// TestRoomsAreDrawn: the drawing of the house names every room of the law, and no other.
func TestRoomsAreDrawn(t *testing.T) {
	raw, err := os.ReadFile("docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	for name := range law {
		if !strings.Contains(text, "`"+name+"`") {
			t.Errorf("docs/architecture.md: the room %s is not named", name)
		}
	}
	rooms := map[string]bool{ // tools of development
		"release": true, "tools/bench": true, "tools/licenses": true, "tools/prior": true,
	}
	for _, s := range sources(t) {
		rooms[s.room] = true
	}
	for line := range strings.Lines(text) {
		if name, ok := strings.CutPrefix(line, "| `"); ok {
			if name, _, _ = strings.Cut(name, "`"); !rooms[name] {
				t.Errorf("docs/architecture.md: there is no room %s", name)
			}
		}
	}
}

func TestRoomsAreDocumented(t *testing.T) {
	documented := map[string]bool{}
	for _, s := range sources(t) {
		documented[s.room] = documented[s.room] || s.parsed.Doc != nil
	}
	for name, ok := range documented {
		if !ok {
			t.Errorf("%s: no file of it has a package comment", name)
		}
	}
}
