import json,re,collections,hashlib,numpy as np,sys,pickle
sys.path.insert(0,'/work/shared/score')
import pages as P
W=P.WORD
BODY=set("paragraph subhead list_item block_quote table embed live_entry correction".split())
gold=[json.loads(l) for l in open('/work/shared/data/pages/gold.jsonl')]
def load(feat='/tmp/q/feat.jsonl',base='/tmp/q/base.jsonl'):
    pred={}
    for l in open(base):
        p=json.loads(l); pred[p['id'].split('data/pages/')[1]]=p
    pages={}
    for l in open(feat):
        p=json.loads(l); pages[p['page']]=p
    rows=[]
    for g in gold:
        if 'text' not in g and 'with' not in g: continue
        p=pages.get(g['file']); 
        if not p or not p['lines']: continue
        standin=any(n['code']=='body_from_json_ld' for n in pred[g['file']]['notes'])
        ys=[];
        if 'text' in g:
            gt=g['text']; gw=W.findall(gt); ggr=set(P.grams(gw)); gl={tuple(W.findall(x)) for x in gt.split('\n')}
            grams2=set(); 
            for n in (2,3): grams2|=set(zip(*(gw[i:] for i in range(n))))
            ggs=set()
            for s in g.get('standfirst') or []: ggs|=set(P.grams(W.findall(s)))
            ws=[W.findall(l['words']) for l in p['lines']]
            lastb=None
            for i,w in enumerate(ws):
                if not w: ys.append(-1); continue
                if len(w)>=4:
                    gr=P.grams(w); sh=sum(x in ggr for x in gr)/len(gr)
                    y=1 if sh>.6 else 0 if sh<.25 else -1
                    if y!=1 and ggs and sum(x in ggs for x in gr)/len(gr)>.5: y=-1
                else:
                    if tuple(w) in gl: y=1
                    else:
                        ctx=(lastb or [])[-2:]+w
                        y=int(len(ctx)>=4 and tuple(ctx[-4:]) in ggr and len(w)<4 and all(tuple(ctx[k:k+4]) in ggr for k in range(len(ctx)-3)))
                if y==1: lastb=w if len(w)>=2 else (lastb or [])[-1:]+w
                ys.append(y)
        else:
            for l in p['lines']:
                t=P.ws(l['words']); y=-1
                for s in g['with']:
                    s=P.ws(s)
                    if s in t or (len(t)>40 and t in s): y=1
                for s in g['without']:
                    s=P.ws(s)
                    if s in t or (len(t)>25 and t in s): y=0 if y!=1 else -1
                ys.append(y)
        fold=int(hashlib.sha256(g['site'].encode()).hexdigest(),16)%10
        rows.append(dict(g=g,lines=p['lines'],y=ys,fold=fold,standin=standin,pred=pred[g['file']],
            X=np.array([l['x'] for l in p['lines']],dtype=np.float32)))
    return rows
def text_of(r,body):
    if r['standin']: return r['pred']['text']
    return "\n".join(l['words'] for l,b in zip(r['lines'],body) if b)
def score(rows,bodies,sets=None):
    out={}
    for name in ('scrapinghub','fundus','trafilatura'):
        Ps,Rs,F,A=[],[],[],[];tp=fp=fn=tn=0;n=0
        for r,b in zip(rows,bodies):
            g=r['g']
            if g['set']!=name: continue
            n+=1; t=text_of(r,b)
            if 'text' in g:
                c=[g['text']]+(["\n".join(g['standfirst'])+"\n"+g['text']] if g.get('standfirst') else [])
                p,q,f,e=max((P.body_prf(x,t) for x in c),key=lambda x:x[2])
                if p is not None: Ps.append(p)
                Rs.append(q);F.append(f);A.append(e)
            else:
                w=P.ws(t); a=sum(P.ws(x) in w for x in g['with']); bb=sum(P.ws(x) in w for x in g['without'])
                tp+=a;fn+=len(g['with'])-a;fp+=bb
        if F:
            p,q=np.mean(Ps),np.mean(Rs)
            out[name]=f"n={n} P={p:.3f} R={q:.3f} F1={2*p*q/(p+q):.4f} mF1={np.mean(F):.4f} acc={np.mean(A):.3f} p10={sorted(F)[len(F)//10]:.3f}"
        elif n:
            p,q=tp/(tp+fp),tp/(tp+fn); out[name]=f"n={n} P={p:.3f} R={q:.3f} F1={2*p*q/(p+q):.4f}"
    return out
