src=open('/work/page-quality/crates/article/src/body/features.rs').read()
names=re.findall(r'"(\w+)"',src[src.index('NAMES'):src.index('pub(crate) const COUNT')])
drop={'rule_body','body','related','notice_share','author_byline','other','caption','prev_body','next_body','around_body','hint_furniture','hint_caption','hint_byline','hint_article','region_furniture'}
idx=[i for i,n in enumerate(names) if n not in drop]
KEEP={'headline','standfirst'}
def cand(l,x):
    return l['kind'] in BODY or x[names.index('inside')]>0 or (x[names.index('sentence')]>0 and x[0]>4 and x[1]<.5)
def flip(rows,probs,lo,hi):
    return [[ (l['kind'] in BODY) if l['kind'] in KEEP or not cand(l,x) else (p>lo if l['kind'] in BODY else p>hi) for l,p,x in zip(r['lines'],q,r['X'])] for r,q in zip(rows,probs)]
def show(tag,rows,b):
    print(tag,{k:re.sub(r'^.*F1=(0\.\d+) mF1=(0\.\d+)',r'\1 \2',v) for k,v in score(rows,b).items()},flush=True)
