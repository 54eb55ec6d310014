package wording

// The natures of impediments, as the company's Jira offers them.
const (
	Support        = "Support"
	Incident       = "Incident"
	Bug            = "Bug"
	Infrastructure = "Infrastructure"
	Security       = "Security"
)

// What goes wrong, by team and nature. A place follows each: "… in Gravelines".
var kubernetesTroubles = map[string][]string{
	Support: {"Customer asks why a cluster redeploys", "Customer cannot pull images",
		"Customer needs a larger quota of volumes",
		"Customer asks for help with a blocked upgrade", "Customer sees DNS timeouts in pods",
		"Customer lost the kubeconfig of a cluster",
		"Customer asks which nodes a load balancer uses", "Customer asks for the logs of a deleted cluster"},
	Incident: {"API servers unreachable", "Control planes restart one after another",
		"Load balancers without healthy nodes", "Nodes NotReady after a reboot",
		"etcd without a quorum", "Clusters stuck in REDEPLOYING", "Volumes do not attach", "Images cannot be pulled"},
	Bug: {"Upgrade skips a node pool", "Autoscaler counts drained nodes", "Deleted clusters keep their load balancer",
		"Kubeconfig without a CA",
		"Console shows the wrong version of clusters", "Volume quota counted twice", "Webhook timeout blocks upgrades",
		"Node labels lost at a resize"},
	Infrastructure: {"Hypervisors out of memory", "Disks of etcd too slow", "Image registry out of space",
		"Rack of workers without power",
		"Network cards of workers drop packets", "Hosts replaced ahead of their failure", "Kernel of workers panics",
		"Time server drifts"},
	Security: {"Urgent patch of the container runtime", "Certificate of control planes about to expire",
		"Leaked service account token revoked",
		"Kubelet port open to the internet", "Vulnerable ingress image replaced",
		"Suspicious logins to a bastion checked"},
}

var storageTroubles = map[string][]string{
	Support: {"Customer asks why uploads are slow", "Customer cannot list a large bucket",
		"Customer disputes the usage on a bill",
		"Customer's presigned addresses are refused", "Customer wants a deleted bucket back",
		"Customer asks for help with multipart uploads",
		"Customer asks how far replication is"},
	Incident: {"503 on multipart completion", "PUT slower than ten seconds", "Listing times out",
		"Gateways out of file handles", "Replication behind by hours",
		"Bucket indexes read-only", "Uploads fail at the proxies"},
	Bug: {"Usage counted twice after a copy", "Expired objects still listed", "Wrong ETag after a multipart copy",
		"Lifecycle rule ignores a prefix",
		"Presigned address with a plus sign refused", "Bucket policy denies its owner", "Continuation token loops"},
	Infrastructure: {"Disk failures above the usual", "Bucket index out of shards", "Storage nodes out of space",
		"Enclosure of disks without power",
		"Firmware of disks to be replaced", "Rebalancing saturates the network", "Proxies short of memory"},
	Security: {"Public bucket of a customer reported", "Leaked access keys revoked", "Urgent patch of the proxies",
		"Certificate of the endpoint about to expire",
		"Abuse report of hosted files handled"},
}

var networkTroubles = map[string][]string{
	Support: {"Customer cannot reach a floating address", "Customer asks about packet loss",
		"Customer's VLAN is missing on a switch",
		"Customer asks why mitigation was triggered", "Customer needs reverse DNS changed",
		"Customer asks for help with a BGP session", "Customer asks about latency"},
	Incident: {"BGP sessions flap", "Packet loss on a backbone link", "Router reboots after an upgrade",
		"Floating addresses unreachable", "DNS zones not propagated",
		"ARP storm in a rack", "Load balancers refuse connections"},
	Bug: {"Firewall rule applied twice", "Released address still announced", "Weighted pool ignores a weight",
		"Reverse DNS lost after a move",
		"VLAN range off by one", "Flow logs without their last minute", "Console shows a closed BGP session"},
	Infrastructure: {"Line card to be replaced", "Optical path degraded", "Switch out of table space",
		"Fan of a router fails", "Link at its capacity",
		"Power supply of a switch fails", "Fibre cut by road works"},
	Security: {"DDoS above the profile", "Spoofed prefix announced by a neighbour", "Urgent patch of the routers",
		"Management port open to the internet",
		"Scanning from hosted addresses stopped"},
}

var identityTroubles = map[string][]string{
	Support: {"Customer locked out of an account", "Customer lost a second factor", "Customer asks who changed a role",
		"Customer's partner login fails",
		"Customer wants two accounts merged", "Customer asks for the list of service accounts"},
	Incident: {"Logins fail", "Tokens refused by the gateways", "Second factor messages delayed",
		"Password resets not sent", "Sessions end after a minute"},
	Bug: {"Role shown without its project", "Login page loops after a logout", "Expired invitation still accepted",
		"Wrong language in a login mail",
		"Service account without an owner listed"},
	Infrastructure: {"Session store out of memory", "Directory replica behind", "Key server needs a new module",
		"Mail relay throttled", "Database of accounts failed over"},
	Security: {"Credential stuffing stopped", "Signing key rotated ahead of time",
		"Leaked token of a service account revoked", "Urgent patch of the login library",
		"Phishing page of the login reported"},
}

// TroubleParts are what the work on an impediment is cut into, and StoryParts that on other work.
var (
	TroubleParts = []string{
		"diagnosis",
		"mitigation",
		"message to customers",
		"root cause",
		"lasting fix",
		"monitoring",
		"review",
	}
	StoryParts = []string{"design", "implementation", "tests", "roll-out", "documentation", "review with security",
		"dashboards"}
)
