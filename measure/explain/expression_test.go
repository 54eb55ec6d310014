package explain_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"slices"
	"strconv"

	"jerem/measure/explain/explanation"
)

// evaluation gives an expression its value over the inputs of an explanation.
type evaluation map[string][]float64

// evaluate computes the expression of a figure over its inputs. An expression is written as one of Go, so Go's own
// parser reads it.
func evaluate(expression string, inputs []explanation.Input) (value float64, err error) {
	terms := evaluation{}
	for _, i := range inputs {
		if i.Term != "" && i.Value != nil {
			terms[i.Term] = append(terms[i.Term], *i.Value)
		}
	}
	tree, err := parser.ParseExpr(expression)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", expression, err)
	}
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%s: %v", expression, fault)
		}
	}()
	return terms.value(tree), nil
}

func (e evaluation) value(x ast.Expr) float64 {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return e.value(x.X)
	case *ast.BasicLit:
		number, err := strconv.ParseFloat(x.Value, 64)
		if err != nil {
			panic(err)
		}
		return number
	case *ast.Ident:
		return total(e[x.Name])
	case *ast.BinaryExpr:
		return binary(x.Op, e.value(x.X), e.value(x.Y))
	case *ast.CallExpr:
		return e.call(x.Fun.(*ast.Ident).Name, x.Args)
	}
	panic(fmt.Sprintf("the grammar has no %T", x))
}

func binary(op token.Token, a, b float64) float64 {
	switch op {
	case token.ADD:
		return a + b
	case token.SUB:
		return a - b
	case token.MUL:
		return a * b
	case token.QUO:
		if a == 0 {
			return 0 // nothing of nothing: where nothing remains there need be no velocity
		}
		return a / b
	}
	panic("the grammar has no " + op.String())
}

// call applies a function to the inputs of a term, or to values.
func (e evaluation) call(name string, args []ast.Expr) float64 {
	switch name {
	case "sqrt":
		return math.Sqrt(e.value(args[0]))
	case "ceil":
		return math.Ceil(e.value(args[0]) - 1e-9)
	case "min":
		return min(e.value(args[0]), e.value(args[1]))
	case "max":
		return max(e.value(args[0]), e.value(args[1]))
	}
	list := e[args[len(args)-1].(*ast.Ident).Name]
	sorted := slices.Sorted(slices.Values(list))
	if len(list) == 0 && name != "count" {
		return 0
	}
	switch name {
	case "count":
		return float64(len(list))
	case "mean":
		return total(list) / float64(len(list))
	case "median":
		return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
	case "least":
		return sorted[0]
	case "most":
		return sorted[len(sorted)-1]
	case "rank":
		rank := math.Ceil(e.value(args[0])*float64(len(sorted)) - 1e-9)
		return sorted[max(1, int(rank))-1]
	case "ranges":
		sum := 0.0
		for n := 1; n < len(list); n++ {
			sum += math.Abs(list[n] - list[n-1])
		}
		return sum / float64(len(list)-1)
	}
	panic("the grammar has no function " + name)
}

func total(list []float64) float64 {
	sum := 0.0
	for _, x := range list {
		sum += x
	}
	return sum
}
