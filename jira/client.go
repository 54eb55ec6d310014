package jira

import (
	"context"
	"iter"
	"time"

	"jerem/jira/document"
	"jerem/jira/transport"
)

// Client asks one Jira, of either kind. It is safe for concurrent use.
type Client struct {
	WithoutGoals bool // the goals of sprints are left out; set before the first request

	transport *transport.Client
	issues    issueSources
}

// New returns a client. The error says what is wrong with the address or the login.
func New(conf Config) (*Client, error) {
	t, err := transport.New(conf)
	if err != nil {
		return nil, err
	}
	return &Client{transport: t, issues: newIssueSources(t)}, nil
}

// Transport returns what sends the requests: it tells what answers there, and how much was asked.
func (c *Client) Transport() *transport.Client { return c.transport }

// Boards returns what reads boards and their sprints.
func (c *Client) Boards() Boards { return Boards{c.transport, c.WithoutGoals} }

// Worklogs returns what reads time logged.
func (c *Client) Worklogs() Worklogs { return Worklogs{c.transport} }

// Account is what is kept of the account that reads: where its clock stands, nothing of a person.
type Account struct{ Zone string }

// Myself checks the credentials: searches also answer the anonymous, with less.
func (c *Client) Myself(ctx context.Context) (Account, error) {
	var answer struct {
		Zone string `json:"timeZone"`
	}
	err := c.transport.Get(ctx, transport.API+"/myself", nil, &answer)
	return Account{answer.Zone}, err
}

// Touched is an issue with the moment of its last change.
type Touched struct {
	ID      int64
	Updated time.Time
}

// issueSource reads issues as one kind of Jira tells them.
type issueSource interface {
	// searchIssues walks through the issues that match a query, with one field of each.
	searchIssues(ctx context.Context, jql, field string) iter.Seq2[Touched, error]
	sampleIssues(ctx context.Context, jql string, n int) (Sampled, error)
	readDocuments(ctx context.Context, ids []int64, fs document.Fieldset) ([]document.Document, Outcome, error)
	inEpics(fs document.Fieldset, keys []string) string
}

// issueSources holds the sources of both kinds of Jira, and finds the one that is needed.
type issueSources struct {
	transport  *transport.Client
	cloud      *cloudIssues
	dataCenter *dataCenterIssues
}

func newIssueSources(t *transport.Client) issueSources {
	return issueSources{transport: t, cloud: &cloudIssues{t}, dataCenter: &dataCenterIssues{transport: t}}
}

// sourceFor returns the source for a kind of Jira.
func (s issueSources) sourceFor(d Dialect) issueSource {
	if d == DataCenter {
		return s.dataCenter
	}
	return s.cloud
}

// discoverSource returns the source for the Jira at hand, which is asked where it is not known.
func (s issueSources) discoverSource(ctx context.Context) (issueSource, error) {
	d, err := s.transport.DiscoverDialect(ctx)
	return s.sourceFor(d), err
}

// searchIssues walks through the issues that match a query, with one field of each, as the Jira at hand tells them.
func (s issueSources) searchIssues(ctx context.Context, jql, field string) iter.Seq2[Touched, error] {
	return func(yield func(Touched, error) bool) {
		source, err := s.discoverSource(ctx)
		if err != nil {
			yield(Touched{}, err)
			return
		}
		source.searchIssues(ctx, jql, field)(yield)
	}
}

// IDs walks through the issues that match a query, which must be bounded. It ends where the
// answer names no next page, and refuses an answer that names a page a second time.
func (c *Client) IDs(ctx context.Context, jql string) iter.Seq2[int64, error] {
	return func(yield func(int64, error) bool) {
		for t, err := range c.issues.searchIssues(ctx, jql, "id") {
			if !yield(t.ID, err) {
				return
			}
		}
	}
}

// Changed walks through the issues that match a query, like IDs, and tells when each was changed.
func (c *Client) Changed(ctx context.Context, jql string) iter.Seq2[Touched, error] {
	return c.issues.searchIssues(ctx, jql, "updated")
}

// Sampled is the beginning of what a query finds, in the query's own order.
type Sampled struct {
	IDs   []int64
	Total int  // how many match; issues that change meanwhile may count twice
	More  bool // there are more than Total
}

// Sample asks for the first n issues of a query, n at most a thousand, and how many match: of more than
// 5000 a Cloud does not tell.
func (c *Client) Sample(ctx context.Context, jql string, n int) (Sampled, error) {
	source, err := c.issues.discoverSource(ctx)
	if err != nil {
		return Sampled{}, err
	}
	return source.sampleIssues(ctx, jql, n)
}

// BulkSize is how many issues one bulk read takes.
const BulkSize = 1000

// Documents reads up to BulkSize issues with their whole histories.
func (c *Client) Documents(ctx context.Context, ids []int64, fs document.Fieldset) ([]document.Document, Outcome,
	error) {
	source, err := c.issues.discoverSource(ctx)
	if err != nil {
		return nil, Outcome{}, err
	}
	return source.readDocuments(ctx, ids, fs)
}

// InEpics says in JQL that an issue belongs to one of the epics: by its parent on Cloud, by the link to
// its epic on Data Center.
func (c *Client) InEpics(fs document.Fieldset, keys []string) string {
	return c.issues.sourceFor(c.transport.Dialect()).inEpics(fs, keys)
}
